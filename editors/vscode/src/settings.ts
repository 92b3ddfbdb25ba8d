// The extension's own settings. All others under the section are the server's, which asks for them itself.
import { workspace } from "vscode";

export const SECTION = "quickfix-ls";

export type Notifications = "off" | "onError" | "onWarning" | "always";

const DEFAULTS = {
  enable: true,
  importStrategy: "useBundled" as "useBundled" | "fromEnvironment",
  path: [] as readonly string[],
  interpreter: [] as readonly string[],
  args: [] as readonly string[],
  wheels: "",
  showNotifications: "onWarning" as Notifications,
};
/** Settings that only the extension reads; the server is not told of them. */
const OWN_KEYS = [...Object.keys(DEFAULTS), "trace"];

export type Settings = Readonly<typeof DEFAULTS>;

export function readSettings(): Settings {
  const section = workspace.getConfiguration(SECTION);
  const values = Object.entries(DEFAULTS).map(([key, value]) => [key, section.get(key, value)]);
  return Object.fromEntries(values) as Settings;
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
