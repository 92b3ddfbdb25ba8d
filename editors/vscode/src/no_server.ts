/** No server can be started; the message tells the user why, and what can be done. */
export class NoServer extends Error {}
