// The commands that install the server into a virtual environment.
import { join } from "node:path";

export interface Step {
  readonly command: string;
  readonly args: readonly string[];
}

export interface Installation {
  /** The folder of the virtual environment. */
  readonly folder: string;
  readonly interpreter: string;
  /** The path of `uv`, empty for venv and pip. */
  readonly uv: string;
  /** A folder of wheels to install from, without the network; empty for the package index. */
  readonly wheels: string;
  readonly version: string;
}

export function pythonIn(folder: string, platform: NodeJS.Platform): string {
  return platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

/** Returns the commands in their order: make the environment, then install the server of this extension's version. */
export function installationSteps(wanted: Installation, platform: NodeJS.Platform): Step[] {
  const { folder, interpreter, uv, wheels, version } = wanted;
  const python = pythonIn(folder, platform);
  const packages = [...(wheels ? ["--no-index", "--find-links", wheels] : []), `quickfix-ls==${version}`];
  if (uv) {
    return [
      { command: uv, args: ["venv", "--python", interpreter, folder] },
      { command: uv, args: ["pip", "install", "--python", python, ...packages] },
    ];
  }
  return [
    { command: interpreter, args: ["-m", "venv", folder] },
    { command: python, args: ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", ...packages] },
  ];
}
