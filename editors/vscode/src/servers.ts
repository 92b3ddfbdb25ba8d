// The running servers: one for all folders, or one for each where their interpreters differ.
import { performance } from "node:perf_hooks";
import { type LogOutputChannel, type TextDocument, type Uri, type WorkspaceFolder, workspace } from "vscode";
import type { State } from "vscode-languageclient/node";
import { LANGUAGES } from "./documents";
import { keyOf, type Launch, type Plan, planServers } from "./launch";
import { createSession, type Session, serves } from "./session";
import type { ServerStatus } from "./status_text";

export interface Servers {
  /** Starts what is to run, and stops what is not: does nothing where that has not changed, unless `anew`. */
  refresh(anew?: boolean): Promise<void>;
  stop(): Promise<void>;
  /** The running server for a document; nothing if it is not one of ours. */
  sessionFor(document: TextDocument): Session | undefined;
  readonly running: readonly Session[];
}

export interface Listener {
  /** A server that is to run has started, for the first time or again, or has stopped. */
  changedState(state: State): void;
  changed(status: ServerStatus): void;
}

/** `choose` tells how the server of a folder is started. */
export function createServers(
  log: LogOutputChannel,
  trace: LogOutputChannel,
  choose: (folder: Uri | undefined) => Promise<Launch>,
  listener: Listener,
): Servers {
  const running: Session[] = [];
  let turn: Promise<void> = Promise.resolve();

  const start = async (plan: Plan<WorkspaceFolder>) => {
    const since = performance.now();
    const session = createSession(plan, log, trace, listener.changed);
    session.client.onDidChangeState(({ newState }) => {
      if (running.includes(session)) {
        listener.changedState(newState);
      }
    });
    log.info(`starting the server of ${plan.launch.origin}: ${[plan.launch.command, ...plan.launch.args].join(" ")}`);
    running.push(session);
    const started = session.client.start();
    log.info(`its client took ${(performance.now() - since).toFixed(1)} ms to make`);
    await started;
  };
  const stop = async () => {
    // One that has failed to start can't be stopped.
    await Promise.allSettled(running.splice(0).map(({ client }) => client.dispose()));
  };
  const refresh = async (anew: boolean) => {
    const plans = await plan(choose);
    if (anew || !isSame(plans, running)) {
      await stop();
      await Promise.all(plans.map(start));
    }
  };
  // One after the other: settings, folders and interpreters may change at once.
  const inTurn = (work: () => Promise<void>) => {
    turn = turn.catch(() => undefined).then(work);
    return turn;
  };
  return {
    refresh: (anew = false) => inTurn(() => refresh(anew)),
    stop: () => inTurn(stop),
    sessionFor: (document) =>
      LANGUAGES.includes(document.languageId) ? running.find(({ folder }) => serves(folder, document.uri)) : undefined,
    get running() {
      return running;
    },
  };
}

async function plan(choose: (folder: Uri | undefined) => Promise<Launch>): Promise<Plan<WorkspaceFolder>[]> {
  const folders = workspace.workspaceFolders ?? [];
  const launches = await Promise.all(folders.map(async (folder) => [folder, await choose(folder.uri)] as const));
  return planServers(launches, launches[0]?.[1] ?? (await choose(undefined)));
}

function isSame(plans: readonly Plan<WorkspaceFolder>[], running: readonly Session[]): boolean {
  const key = ({ launch, folder }: Plan<WorkspaceFolder>) => `${folder?.uri} ${keyOf(launch)}`;
  return plans.map(key).join("\n") === running.map(key).join("\n");
}
