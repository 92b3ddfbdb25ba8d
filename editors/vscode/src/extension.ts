// Starts the server for Python documents and keeps it in step with settings, folders, interpreters and trust.
import { performance } from "node:perf_hooks";
import { type ExtensionContext, window, workspace } from "vscode";
import { State } from "vscode-languageclient/node";
import { chooseLaunch } from "./choice";
import { registerCommands } from "./commands";
import { type EnvironmentSource, environmentSource } from "./environments";
import { NoServer } from "./no_server";
import { sendOtherDiagnostics } from "./other_diagnostics";
import { createServers } from "./servers";
import { readSettings, SECTION } from "./settings";
import { createStatusItem } from "./status";
import { QUIET } from "./status_text";
import { createServerTrace } from "./trace";
import { registerVirtualDocuments } from "./virtual_documents";

const STARTING_KEYS = ["enable", "path", "importStrategy", "interpreter", "args", "wheels"];

let stop: () => Promise<void> = async () => {};

export function activate(context: ExtensionContext): void {
  const since = performance.now();
  const log = window.createOutputChannel("Quickfix", { log: true });
  const trace = createServerTrace();
  const status = createStatusItem();
  let environments: Promise<EnvironmentSource | undefined> | undefined;
  const knownEnvironments = () => {
    environments ??= environmentSource((reason) => log.warn(reason)).then((source) => {
      context.subscriptions.push(...(source ? [source.onDidChange(() => refresh())] : []));
      return source;
    });
    return environments;
  };
  const servers = createServers(
    log,
    trace.channel,
    async (folder) => {
      const asked = workspace.isTrusted ? await knownEnvironments() : undefined;
      return chooseLaunch({ context, log, environments: asked }, readSettings(), folder);
    },
    {
      changedState: (state) => {
        if (state === State.Stopped) {
          status.fail("The server has stopped; the log says why.");
        } else if (state === State.Starting) {
          status.show(QUIET);
        } else {
          status.show({ ...QUIET, state: "ready" });
          log.info("the server runs");
          others.sendAll();
        }
      },
      changed: status.show,
    },
  );
  const others = sendOtherDiagnostics(servers.sessionFor);
  const refresh = async (anew = false) => {
    try {
      await (readSettings().enable ? servers.refresh(anew) : servers.stop());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error(reason);
      status.fail(reason);
      if (error instanceof NoServer && !error.wasRefused) {
        void window.showErrorMessage(reason);
      }
    }
  };
  stop = servers.stop;
  context.subscriptions.push(
    log,
    trace,
    status,
    others,
    registerVirtualDocuments(),
    ...registerCommands(context, log, trace, servers),
    workspace.onDidChangeWorkspaceFolders(() => refresh()),
    workspace.onDidGrantWorkspaceTrust(() => refresh(true)),
    workspace.onDidChangeConfiguration((change) => {
      if (STARTING_KEYS.some((key) => change.affectsConfiguration(`${SECTION}.${key}`))) {
        void refresh();
      }
    }),
  );
  void refresh();
  log.info(`activated in ${(performance.now() - since).toFixed(1)} ms`);
}

export function deactivate(): Promise<void> {
  return stop();
}
