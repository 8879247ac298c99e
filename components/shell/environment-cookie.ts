/** Holds `test` or `production`: the environment that this browser looked at last. */
export const environmentCookie = "environment";
