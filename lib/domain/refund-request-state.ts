/** Where a refund stands that needs a second person: open until somebody approves, declines or takes it back. */
export const requestStates = ["open", "approved", "declined", "withdrawn"] as const;
export type RequestState = (typeof requestStates)[number];
