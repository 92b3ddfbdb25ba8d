// Asks the Python Environments extension, else the Python extension, which interpreter a folder uses. Neither has to
// be installed.
import { setTimeout } from "node:timers/promises";
import { type Disposable, type Event, extensions, type Uri } from "vscode";

const PATIENCE_MILLISECONDS = 3000;

/** What is used of the API of `ms-python.vscode-python-envs`. */
interface PythonEnvironments {
  getEnvironment(scope: Uri | undefined): Promise<{ execInfo: { run: { executable: string } } } | undefined>;
  onDidChangeEnvironment: Event<unknown>;
}

/** What is used of the API of `ms-python.python`. */
interface PythonExtension {
  environments: {
    getActiveEnvironmentPath(resource?: Uri): { path: string };
    resolveEnvironment(environment: { path: string }): Promise<{ executable: { uri: Uri | undefined } } | undefined>;
    onDidChangeActiveEnvironmentPath: Event<unknown>;
  };
}

export interface EnvironmentSource {
  interpreterOf(folder: Uri | undefined): Promise<string | undefined>;
  onDidChange(listener: () => void): Disposable;
}

/** Returns the first of the two extensions that is installed and works. */
export async function environmentSource(failed: (reason: string) => void): Promise<EnvironmentSource | undefined> {
  const environments = await apiOf<PythonEnvironments>("ms-python.vscode-python-envs", failed);
  if (environments?.getEnvironment) {
    return {
      interpreterOf: async (folder) => (await inTime(environments.getEnvironment(folder)))?.execInfo.run.executable,
      onDidChange: (listener) => environments.onDidChangeEnvironment(listener),
    };
  }
  const known = (await apiOf<PythonExtension>("ms-python.python", failed))?.environments;
  if (!known) {
    return undefined;
  }
  return {
    interpreterOf: async (folder) => {
      const resolved = await inTime(known.resolveEnvironment(known.getActiveEnvironmentPath(folder)));
      return resolved?.executable.uri?.fsPath;
    },
    onDidChange: (listener) => known.onDidChangeActiveEnvironmentPath(listener),
  };
}

/** Raises an error if another extension takes too long: our server must not wait for it. */
function inTime<Answer>(work: Thenable<Answer>): Promise<Answer> {
  const late = new Error(`no answer in ${PATIENCE_MILLISECONDS} ms`);
  const waiting = setTimeout(PATIENCE_MILLISECONDS, undefined, { ref: false });
  return Promise.race([work, waiting.then(() => Promise.reject(late))]);
}

async function apiOf<Api>(id: string, failed: (reason: string) => void): Promise<Api | undefined> {
  const extension = extensions.getExtension<Api>(id);
  try {
    return extension && (await inTime(extension.activate()));
  } catch (error) {
    failed(`${id} is left out: ${error}`);
    return undefined;
  }
}
