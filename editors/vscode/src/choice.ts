// Chooses the server to start for a folder, in the order of the settings `path`, `importStrategy` and the bundle.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ExtensionContext, type LogOutputChannel, type Uri, workspace } from "vscode";
import type { EnvironmentSource } from "./environments";
import { installedServer } from "./installed_server";
import { firstUsable, hasServer, type Interpreter, namesOnPath, OLDEST_VERSION } from "./interpreter";
import { fromInterpreter, fromProgram, type Launch } from "./launch";
import { NoServer } from "./no_server";
import type { Settings } from "./settings";

export interface Surroundings {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly environments: EnvironmentSource | undefined;
}

/** Raises NoServer with a message for the user if there is no interpreter, or no server. */
export async function chooseLaunch(around: Surroundings, settings: Settings, folder: Uri | undefined): Promise<Launch> {
  const program = settings.path.find((path) => existsSync(path));
  if (program) {
    return fromProgram(program, settings.args);
  }
  if (settings.path.length > 0) {
    around.log.warn(`nothing of the setting \`path\` exists: ${settings.path.join(", ")}`);
  }
  const { context, log } = around;
  const interpreter = await findInterpreter(around, settings, folder);
  const launch = (libs: string, origin: string, python = interpreter) =>
    fromInterpreter(python, context.extensionPath, libs, settings.args, origin);
  if (settings.importStrategy === "fromEnvironment") {
    if (await hasServer(interpreter)) {
      return launch("", `the environment of ${interpreter.path}`);
    }
    log.warn(`quickfix-ls is not installed in the environment of ${interpreter.path}: the extension's own is started`);
  }
  const libs = join(context.extensionPath, "bundled", "libs");
  if (existsSync(libs)) {
    return launch(libs, "the extension's package");
  }
  const path = await installedServer(context, interpreter, settings.wheels, log);
  return launch("", "the extension's storage", { ...interpreter, path });
}

/** The interpreter of the settings, else the one chosen for the folder, else one on PATH. */
async function findInterpreter(
  { environments, log }: Surroundings,
  settings: Settings,
  folder: Uri | undefined,
): Promise<Interpreter> {
  const refused: string[] = [];
  // An environment inside an untrusted workspace would be a program of that workspace.
  const asked = workspace.isTrusted ? environments?.interpreterOf(folder) : undefined;
  const chosen = await asked?.catch((error) => log.warn(`the Python extension names no interpreter: ${error}`));
  const paths = [...settings.interpreter, ...(chosen ? [chosen] : []), ...namesOnPath(process.platform)];
  const found = await firstUsable(paths, (reason) => {
    refused.push(reason);
    log.warn(`interpreter: ${reason}`);
  });
  if (!found) {
    throw new NoServer(
      `Quickfix needs Python ${OLDEST_VERSION.join(".")} or newer, and found none (${refused.join("; ")}). ` +
        "Install it, or name an interpreter in the setting quickfix-ls.interpreter.",
    );
  }
  return found;
}
