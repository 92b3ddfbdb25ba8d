// Entries of the extension's own below the server's fixes: a preview of the first one, its reasons, and its refusal.
// VS Code lists actions without diagnostics below those that have some, so that no tool's real fix stands lower.
import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Command,
  type ProviderResult,
  type TextDocument,
} from "vscode";
import type { Session } from "./session";

export const RUN = "quickfix-ls.runServerCommand";
export const PREVIEW = "quickfix-ls.previewFix";
export const EXPLAIN = "quickfix-ls.explainOffer";
export const REFUSE = "quickfix-ls.refuseOffer";

export const SERVER_COMMANDS = {
  accepted: "quickfix-ls.accepted",
  never: "quickfix-ls.never",
  why: "quickfix-ls.why",
  whyNothing: "quickfix-ls.whyNothing",
  doctor: "quickfix-ls.doctor",
} as const;

/** What the arguments of RUN, EXPLAIN and REFUSE hold. */
export interface ServerCall {
  readonly session: Session;
  readonly command: string;
  readonly args: readonly unknown[];
}

export interface Preview {
  readonly session: Session;
  readonly document: TextDocument;
  readonly action: CodeAction;
}

/**
 * Returns the server's actions, whose commands now name the session that they belong to, and the entries for the first
 * quick fix among them. Asked for another kind than quick fixes (on saving, say), it adds none.
 */
export function withCompanions(
  session: Session,
  document: TextDocument,
  context: CodeActionContext,
  actions: readonly (Command | CodeAction)[] | null | undefined,
): (Command | CodeAction)[] {
  const found = [...(actions ?? [])];
  const first = found.find(isQuickFix);
  const id = first && idOf(first);
  for (const action of found) {
    if (action instanceof CodeAction && action.command) {
      action.command = routed(session, action.command);
    }
  }
  if (!first || id === undefined || (context.only && !context.only.contains(CodeActionKind.QuickFix))) {
    return found;
  }
  const call = (command: string): ServerCall => ({ session, command, args: [{ id }] });
  const preview: Preview = { session, document, action: first };
  const announced = session.client.initializeResult?.capabilities.executeCommandProvider?.commands ?? [];
  return [
    ...found,
    entry("Preview the change", PREVIEW, preview),
    ...(announced.includes(SERVER_COMMANDS.why) ? [entry("Why this fix?", EXPLAIN, call(SERVER_COMMANDS.why))] : []),
    entry("Never offer this here", REFUSE, call(SERVER_COMMANDS.never)),
  ];
}

/**
 * Has the server resolve one of its actions, which goes to it with the command that it gave: a session in the arguments
 * is nothing to send. The extension's own entries have nothing to resolve.
 */
export async function resolved(
  session: Session,
  action: CodeAction,
  ask: (action: CodeAction) => ProviderResult<CodeAction>,
): Promise<CodeAction> {
  if (!("data" in action)) {
    return action;
  }
  const { command } = action;
  if (command) {
    action.command = unrouted(command);
  }
  const answer = (await ask(action)) ?? action;
  if (answer.command) {
    answer.command = routed(session, answer.command);
  }
  return answer;
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
  const call: ServerCall = { session, command, args: args ?? [] };
  return { command: RUN, title, arguments: [call] };
}

function unrouted({ title, arguments: [call] = [] }: Command): Command {
  const { command, args }: ServerCall = call;
  return { command, title, arguments: [...args] };
}

function entry(title: string, command: string, argument: ServerCall | Preview): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.command = { command, title, arguments: [argument] };
  return action;
}
