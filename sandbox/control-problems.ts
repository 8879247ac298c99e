/** The control API was asked about a record that is not there. */
export class NoSuchRecord extends Error {}

/** The record is there, but its state does not allow what was asked. */
export class Conflict extends Error {}
