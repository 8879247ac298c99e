/** Nothing was taken any more, for longer than anything needs to come back. */
export class Stuck extends Error {}
