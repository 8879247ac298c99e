/** A browser that nobody used for so long is signed out. */
export const sessionIdleMinutes = 15;

/** However busy it was, a browser asks for the password again after so long. */
export const sessionLifeHours = 12;
