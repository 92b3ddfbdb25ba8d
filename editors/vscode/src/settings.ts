// The extension's own settings. All others under the section are the server's, which asks for them itself.
import { workspace } from "vscode";

export const SECTION = "quickfix-ls";

/** Settings that only the extension reads; the server is not told of them. */
const OWN_KEYS: readonly string[] = [
  "args",
  "enable",
  "importStrategy",
  "interpreter",
  "path",
  "showNotifications",
  "trace",
  "wheels",
];

export type Notifications = "off" | "onError" | "onWarning" | "always";

export interface Settings {
  readonly enable: boolean;
  readonly importStrategy: "useBundled" | "fromEnvironment";
  readonly path: readonly string[];
  readonly interpreter: readonly string[];
  readonly args: readonly string[];
  readonly wheels: string;
  readonly showNotifications: Notifications;
}

export function readSettings(): Settings {
  const section = workspace.getConfiguration(SECTION);
  return {
    enable: section.get("enable", true),
    importStrategy: section.get<Settings["importStrategy"]>("importStrategy", "useBundled"),
    path: section.get<string[]>("path", []),
    interpreter: section.get<string[]>("interpreter", []),
    args: section.get<string[]>("args", []),
    wheels: section.get("wheels", ""),
    showNotifications: section.get<Notifications>("showNotifications", "onWarning"),
  };
}

/**
 * Returns what the server is told of the section: only what someone has set, so that defaults do not override the
 * project's configuration files. In a workspace that is not trusted it runs no checkers: they may be that workspace's.
 */
export function settingsForServer(isTrusted: boolean): Record<string, unknown> {
  const section = workspace.getConfiguration(SECTION);
  const isSet = (key: string) => {
    const { defaultValue: _default, key: _key, languageIds: _ids, ...values } = section.inspect(key) ?? { key };
    return Object.values(values).some((value) => value !== undefined);
  };
  const keys = Object.keys(section).filter((key) => !OWN_KEYS.includes(key) && isSet(key));
  const given = Object.fromEntries(keys.map((key) => [key, section.get(key)]));
  return isTrusted ? given : { ...given, checkers: [] };
}
