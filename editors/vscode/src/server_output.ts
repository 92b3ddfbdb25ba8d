// What the server writes to standard error: mostly its log, which it also sends by the protocol.
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { LogOutputChannel } from "vscode";

const LOG_LINE = /^\d{4}-\d{2}-\d{2} [\d:,]+ [A-Z]+ /;

/** Writes lines of the server's log at the level `debug`, and others, like those of a crash, as errors. */
export function logServerOutput(input: Readable, log: LogOutputChannel): void {
  createInterface({ input }).on("line", (line) => (LOG_LINE.test(line) ? log.debug(line) : log.error(line)));
}
