// The server of a package without a bundle: installed once, with the user's consent, into the extension's storage.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type ExtensionContext, type LogOutputChannel, ProgressLocation, window } from "vscode";
import { installationSteps, pythonIn, type Step } from "./installation";
import { type Interpreter, succeeds } from "./interpreter";
import { NoServer } from "./no_server";

const REFUSED = "installation refused";
/** Written last, so that a broken installation is not taken for one. */
const MARKER = "is-complete";
const MINUTES = 10;
const run = promisify(execFile);

/** Returns the Python of the installed server; asks and installs it first. Raises NoServer if it isn't there then. */
export async function installedServer(
  context: ExtensionContext,
  interpreter: Interpreter,
  wheels: string,
  log: LogOutputChannel,
): Promise<string> {
  const folder = folderOf(context);
  if (!existsSync(join(folder, MARKER))) {
    await askOnce(context, wheels);
    const install = async () => {
      await rm(folder, { recursive: true, force: true });
      const uv = (await succeeds("uv", ["--version"])) ? "uv" : "";
      const wanted = { folder, interpreter: interpreter.path, uv, wheels, version: versionOf(context) };
      await runAll(installationSteps(wanted, process.platform), log);
      await writeFile(join(folder, MARKER), "");
    };
    const title = "Installing Quickfix's server";
    await window.withProgress({ location: ProgressLocation.Notification, title }, install);
  }
  return pythonIn(folder, process.platform);
}

/** Removes the installed server, and forgets that the user may have refused it. */
export async function removeInstalledServer(context: ExtensionContext): Promise<void> {
  await context.globalState.update(REFUSED, undefined);
  await rm(folderOf(context), { recursive: true, force: true });
}

async function askOnce(context: ExtensionContext, wheels: string): Promise<void> {
  if (!context.globalState.get<boolean>(REFUSED)) {
    const source = wheels ? `from ${wheels}` : "from the Python package index (about 100 MB)";
    const question = `Quickfix needs its server. Install it ${source} into a folder of this extension?`;
    const answer = await window.showInformationMessage(question, "Install", "No");
    if (answer === "Install") {
      return;
    }
    await context.globalState.update(REFUSED, answer === "No");
  }
  throw new NoServer("The server is not installed; the command “Quickfix: Install the Server Anew” asks again.", true);
}

async function runAll(steps: readonly Step[], log: LogOutputChannel): Promise<void> {
  for (const { command, args } of steps) {
    log.info(`running ${[command, ...args].join(" ")}`);
    try {
      const { stdout, stderr } = await run(command, [...args], { timeout: MINUTES * 60_000 });
      log.info(`${stdout}${stderr}`.trim());
    } catch (error) {
      log.error(String(error));
      throw new NoServer(`The server could not be installed: ${command} failed; the log says why.`);
    }
  }
}

/** Its folder is named after the version: another version of the extension installs its own server. */
function folderOf(context: ExtensionContext): string {
  return join(context.globalStorageUri.fsPath, `server-${versionOf(context)}`);
}

function versionOf(context: ExtensionContext): string {
  return (context.extension.packageJSON as { version: string }).version;
}
