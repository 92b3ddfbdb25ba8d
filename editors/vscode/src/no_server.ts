/** No server can be started; the message says why, and what can be done. The user knows already what they refused. */
export class NoServer extends Error {
  constructor(
    message: string,
    readonly wasRefused = false,
  ) {
    super(message);
  }
}
