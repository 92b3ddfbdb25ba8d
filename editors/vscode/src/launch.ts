// How a server is started: the command, and which folders share one server.
import { join } from "node:path";
import type { Interpreter } from "./interpreter";

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** Where the server comes from, for the log. */
  readonly origin: string;
}

export function fromProgram(program: string, args: readonly string[]): Launch {
  return { command: program, args: ["serve", ...args], origin: "the setting `path`" };
}

/** Starts the server of a folder of packages (`libs`), or of the interpreter's environment if that is empty. */
export function fromInterpreter(
  interpreter: Interpreter,
  extensionPath: string,
  libs: string,
  args: readonly string[],
  origin: string,
): Launch {
  const script = join(extensionPath, "bundled", "start_server.py");
  return { command: interpreter.path, args: ["-E", script, libs, "serve", ...args], origin };
}

export interface Plan<Folder> {
  readonly launch: Launch;
  /** The only folder that the server is for; nothing if it serves all. */
  readonly folder: Folder | undefined;
}

/** Returns one server for all folders where they start it alike, else one for each. */
export function planServers<Folder>(
  launches: readonly (readonly [Folder, Launch])[],
  otherwise: Launch,
): Plan<Folder>[] {
  const kinds = new Set(launches.map(([, launch]) => keyOf(launch)));
  if (kinds.size <= 1) {
    return [{ launch: launches[0]?.[1] ?? otherwise, folder: undefined }];
  }
  return launches.map(([folder, launch]) => ({ launch, folder }));
}

export function keyOf({ command, args }: Launch): string {
  return JSON.stringify([command, ...args]);
}
