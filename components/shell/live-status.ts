/** The place in the header that says when live updates have stopped. */
export const liveStatusId = "live-status";
