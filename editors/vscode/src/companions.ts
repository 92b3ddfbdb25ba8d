// Entries of the extension's own below the server's fixes: a preview of the first one, its reasons, and its refusal.
// VS Code lists actions without diagnostics below those that have some, so that no tool's real fix stands lower.
import { CodeAction, type CodeActionContext, CodeActionKind, type Command } from "vscode";
import type { CodeAction as ProtocolCodeAction } from "vscode-languageclient";
import type { Session } from "./session";

export const RUN = "quickfix-ls.runServerCommand";
export const PREVIEW = "quickfix-ls.previewFix";
export const EXPLAIN = "quickfix-ls.explainOffer";
export const REFUSE = "quickfix-ls.refuseOffer";

export const SERVER_COMMANDS = {
  never: "quickfix-ls.never",
  why: "quickfix-ls.why",
  whyNothing: "quickfix-ls.whyNothing",
  doctor: "quickfix-ls.doctor",
} as const;

/** The argument of RUN, EXPLAIN and REFUSE. It travels to the server and back when an action is resolved: plain data. */
export interface ServerCall {
  readonly sessionId: number;
  readonly command: string;
  readonly args: readonly unknown[];
}

/** The argument of PREVIEW: the server's action. */
export interface Preview {
  readonly sessionId: number;
  readonly action: ProtocolCodeAction;
}

/**
 * Returns the server's actions, whose commands now name the session that they belong to, and the entries for the first
 * quick fix among them. Asked for another kind than quick fixes (on saving, say), it adds none.
 */
export function withCompanions(
  session: Session,
  context: CodeActionContext,
  actions: readonly (Command | CodeAction)[] | null | undefined,
): (Command | CodeAction)[] {
  const found = [...(actions ?? [])];
  const first = found.find(isQuickFix);
  const id = first && idOf(first);
  const item = first && session.client.code2ProtocolConverter.asCodeActionSync(first);
  for (const action of found) {
    if (action instanceof CodeAction && action.command) {
      action.command = routed(session, action.command);
    }
  }
  if (!item || id === undefined || (context.only && !context.only.contains(CodeActionKind.QuickFix))) {
    return found;
  }
  const call = (command: string): ServerCall => ({ sessionId: session.id, command, args: [{ id }] });
  const preview: Preview = { sessionId: session.id, action: item };
  return [
    ...found,
    entry("Preview the change", PREVIEW, preview),
    ...(announces(session, SERVER_COMMANDS.why) ? [entry("Why this fix?", EXPLAIN, call(SERVER_COMMANDS.why))] : []),
    entry("Never offer this here", REFUSE, call(SERVER_COMMANDS.never)),
  ];
}

/** Returns whether a server has a command: older ones lack some. */
export function announces({ client }: Session, command: string): boolean {
  return client.initializeResult?.capabilities.executeCommandProvider?.commands.includes(command) ?? false;
}

/** Returns the `id` of an offer, which the server gives in the data of its action. */
export function idOf(action: CodeAction): string | undefined {
  const data: unknown = "data" in action ? action.data : undefined;
  return typeof data === "object" && data !== null && "id" in data ? String(data.id) : undefined;
}

function isQuickFix(action: Command | CodeAction): action is CodeAction {
  return (
    action instanceof CodeAction &&
    !action.disabled &&
    action.kind !== undefined &&
    CodeActionKind.QuickFix.contains(action.kind)
  );
}

function routed(session: Session, { command, title, arguments: args }: Command): Command {
  const call: ServerCall = { sessionId: session.id, command, args: args ?? [] };
  return { command: RUN, title, arguments: [call] };
}

function entry(title: string, command: string, argument: ServerCall | Preview): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.command = { command, title, arguments: [argument] };
  return action;
}
