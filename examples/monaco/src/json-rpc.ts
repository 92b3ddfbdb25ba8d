// JSON-RPC 2.0 over a WebSocket, one message in each text frame, which is how `quickfix-ls serve --ws` speaks LSP.

import type { CancellationToken } from "monaco-editor/editor/editor.api.js";

export type Handler = (params: any) => unknown;

interface Waiting {
  resolve(result: any): void;
  reject(error: Error): void;
}

// The codes of LSP and JSON-RPC that matter here.
const METHOD_NOT_FOUND = -32601;
const REQUEST_CANCELLED = -32800;
const CONTENT_MODIFIED = -32801;

/** The answer to a request was an error; `code` is LSP's. */
export class ResponseError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The other end has gone, and answers nothing any more. */
export class ConnectionLost extends Error {}

/** Whether a request failed only because it came too late: it was cancelled, the text has changed, or the session has
 * ended. */
export function isSuperseded(error: unknown): boolean {
  if (error instanceof ConnectionLost) return true;
  return error instanceof ResponseError && [REQUEST_CANCELLED, CONTENT_MODIFIED].includes(error.code);
}

/** A connection that is open until `closed` settles, with the reason that its other end gave. */
export class Connection {
  readonly closed: Promise<string>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #handlers = new Map<string, Handler>();
  #lastId = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    this.closed = new Promise((resolve) => {
      socket.onclose = (event) => {
        const reason = event.reason || "the connection was lost";
        for (const { reject } of this.#waiting.values()) reject(new ConnectionLost(reason));
        this.#waiting.clear();
        resolve(reason);
      };
    });
  }

  /** Connect to a `ws:` address; rejects when nobody listens there. */
  static open(url: string): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      const connection = new Connection(socket);
      socket.onopen = () => resolve(connection);
      socket.onerror = () => reject(new Error(`no server answers at ${url}`));
    });
  }

  /** Call `handler` for each notification, or request, with this method; what it returns answers a request. */
  on(method: string, handler: Handler): void {
    this.#handlers.set(method, handler);
  }

  notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  /** Send a request and return its result. Cancellation by `token` is passed on: the server answers with an error. */
  request<Result>(method: string, params: object, token?: CancellationToken): Promise<Result> {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.reject(new ConnectionLost("the session has ended"));
    const id = ++this.#lastId;
    const cancelling = token?.onCancellationRequested(() => this.notify("$/cancelRequest", { id }));
    const answer = new Promise<Result>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ id, method, params });
    return answer.finally(() => cancelling?.dispose());
  }

  #send(message: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ jsonrpc: "2.0", ...message }));
  }

  #receive(message: any): void {
    if (message.method !== undefined) {
      void this.#handle(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new ResponseError(message.error.code, message.error.message));
    else waiting?.resolve(message.result);
  }

  async #handle({ id, method, params }: { id?: number | string; method: string; params: unknown }): Promise<void> {
    const handler = this.#handlers.get(method);
    if (id === undefined) handler?.(params);
    else if (handler) this.#send({ id, result: (await handler(params)) ?? null });
    else this.#send({ id, error: { code: METHOD_NOT_FOUND, message: `unknown method ${method}` } });
  }
}
