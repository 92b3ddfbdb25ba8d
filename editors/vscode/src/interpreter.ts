// Finds a Python interpreter that can run the server.
import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { promisify } from "node:util";

export interface Interpreter {
  readonly path: string;
  readonly version: readonly [number, number];
}

export const OLDEST_VERSION: readonly [number, number] = [3, 10];

const SECONDS_TO_ANSWER = 10;
const TELL_VERSION = "import sys; print(*sys.version_info[:2], sys.executable)";

/** Returns the names to look for on PATH: `python3` first, which is a stub of the store on Windows. */
export function namesOnPath(platform: NodeJS.Platform): string[] {
  return platform === "win32" ? ["python", "python3", "py"] : ["python3", "python"];
}

/** Runs an interpreter without its environment's packages; returns nothing if it does not run. */
export async function probe(path: string): Promise<Interpreter | undefined> {
  try {
    const options = { timeout: SECONDS_TO_ANSWER * 1000, windowsHide: true };
    const { stdout } = await promisify(execFile)(path, ["-I", "-S", "-c", TELL_VERSION], options);
    return readAnswer(stdout);
  } catch {
    return undefined;
  }
}

/** Returns whether an interpreter's environment has the server. */
export async function hasServer({ path }: Interpreter): Promise<boolean> {
  const search = "import sys, importlib.util; sys.exit(importlib.util.find_spec('quickfix_ls') is None)";
  return succeeds(path, ["-E", "-c", search], dirname(path));
}

/** Returns whether a program can be started and ends without a failure. */
export async function succeeds(program: string, args: readonly string[], cwd?: string): Promise<boolean> {
  const run = promisify(execFile)(program, args, { cwd, windowsHide: true });
  return run.then(
    () => true,
    () => false,
  );
}

/** Reads `3 12 /usr/bin/python3`. The path is the interpreter's own answer: PATH may name a launcher of it. */
export function readAnswer(answer: string): Interpreter | undefined {
  const found = /^(\d+) (\d+) (.+)$/.exec(answer.trim());
  return found?.[3] ? { path: found[3], version: [Number(found[1]), Number(found[2])] } : undefined;
}

export function isNewEnough({ version: [major, minor] }: Interpreter): boolean {
  return major > OLDEST_VERSION[0] || (major === OLDEST_VERSION[0] && minor >= OLDEST_VERSION[1]);
}

/** Returns the first of these interpreters that runs and is new enough; `refused` is told of each other one. */
export async function firstUsable(
  paths: readonly string[],
  refused: (reason: string) => void,
): Promise<Interpreter | undefined> {
  for (const path of paths) {
    const interpreter = await probe(path);
    if (interpreter && isNewEnough(interpreter)) {
      return interpreter;
    }
    refused(interpreter ? `${path} is Python ${interpreter.version.join(".")}, too old` : `${path} does not run`);
  }
  return undefined;
}
