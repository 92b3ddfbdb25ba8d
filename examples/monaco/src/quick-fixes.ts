// The server's code actions as Monaco's: in the menu of Ctrl+., behind the lightbulb, and for the page's panel.

import * as monaco from "monaco-editor/editor/editor.api.js";
import { isSuperseded } from "./json-rpc";
import type { Session } from "./language-client";
import { type CodeAction, toLspRange, toMarker, toMonacoEdit } from "./lsp";

/** The server's answer about a range of a text, and how long it took in milliseconds. */
export interface Answer {
  model: monaco.editor.ITextModel;
  versionId: number;
  actions: CodeAction[];
  milliseconds: number;
}

const INVOKED = 1;
const AUTOMATIC = 2;
const WHY = "quickfix-ls.why";
const WHY_NOTHING = "quickfix-ls.whyNothing";

/** An action of Monaco that remembers the server's, which is what the server resolves. */
type QuickFix = monaco.languages.CodeAction & { theirs: CodeAction };

/** Register the session's quick fixes and commands with Monaco, until disposed. `onAnswer` gets every answer, and
 * `onApplied` the command of each fix that was applied. */
export function registerQuickFixes(
  session: Session,
  onAnswer: (answer: Answer) => void = () => undefined,
  onApplied: (args: unknown[]) => void = () => undefined,
): monaco.IDisposable {
  const provider: monaco.languages.CodeActionProvider = {
    async provideCodeActions(model, range, { trigger, only }, token) {
      const isInvoked = trigger === monaco.languages.CodeActionTriggerType.Invoke;
      const context = { triggerKind: isInvoked ? INVOKED : AUTOMATIC, ...(only ? { only: [only] } : {}) };
      const since = performance.now();
      const versionId = model.getVersionId();
      const actions = await session.codeActions(model, range, context, token);
      if (!token.isCancellationRequested) {
        onAnswer({ model, versionId, actions, milliseconds: performance.now() - since });
      }
      return { actions: actions.map(toQuickFix), dispose: () => undefined };
    },
    async resolveCodeAction(action, token) {
      const edit = await editOf(session, (action as QuickFix).theirs, token);
      // Monaco runs the command even where there is no edit, and the server would take the fix for accepted.
      if (!edit) action.command = undefined;
      return { ...action, edit };
    },
  };
  const registered = [
    monaco.languages.registerCodeActionProvider("python", provider, { providedCodeActionKinds: ["quickfix"] }),
    ...session.commands.map((command) =>
      monaco.editor.registerCommand(command, (_services, ...args) => {
        onApplied(args);
        return session.execute(command, args);
      }),
    ),
  ];
  return { dispose: () => registered.forEach((one) => one.dispose()) };
}

/** Ask for the fixes of a range without opening the menu. As cursors move all the time, this never costs tokens. */
export async function fixesAt(
  session: Session,
  model: monaco.editor.ITextModel,
  range: monaco.IRange,
): Promise<Answer> {
  const since = performance.now();
  const versionId = model.getVersionId();
  const actions = await session.codeActions(model, range, { triggerKind: AUTOMATIC, only: ["quickfix"] });
  return { model, versionId, actions, milliseconds: performance.now() - since };
}

/** Why a fix is ranked where it is; empty where the server doesn't tell. */
export async function reasonsOf(session: Session, action: CodeAction): Promise<string> {
  if (!session.commands.includes(WHY)) return "";
  const told = (await session.execute(WHY, [{ id: action.data?.id }])) as { reasons: string } | null;
  return told?.reasons ?? "";
}

/** Why nothing is offered at a place, as Markdown; undefined where the server has no command that tells. */
export async function whyNothing(
  session: Session,
  model: monaco.editor.ITextModel,
  range: monaco.IRange,
): Promise<string | undefined> {
  if (!session.commands.includes(WHY_NOTHING)) return undefined;
  const place = { uri: model.uri.toString(), position: toLspRange(range).start };
  const told = (await session.execute(WHY_NOTHING, [place])) as { markdown: string } | null;
  return told?.markdown;
}

/** The action that makes all fixes of a file that leave no doubt; undefined where there is none. */
export async function fixOfFile(session: Session, model: monaco.editor.ITextModel): Promise<CodeAction | undefined> {
  const context = { triggerKind: INVOKED, only: ["source.fixAll"] };
  return (await session.codeActions(model, model.getFullModelRange(), context))[0];
}

/** Apply an action as the menu would: its edit, as one step of undo, then its command. */
export async function apply(session: Session, editor: monaco.editor.ICodeEditor, action: CodeAction): Promise<void> {
  const edit = await editOf(session, action);
  if (!edit) return;
  const edits = edit.edits.filter(isTextEdit).map(({ textEdit }) => ({ range: textEdit.range, text: textEdit.text }));
  editor.pushUndoStop();
  editor.executeEdits("quickfix-ls", edits);
  editor.pushUndoStop();
  if (action.command) await session.execute(action.command.command, action.command.arguments ?? []);
}

/** The edit of an action; undefined where it came too late, because its text has changed or the session has ended. */
async function editOf(
  session: Session,
  action: CodeAction,
  token?: monaco.CancellationToken,
): Promise<monaco.languages.WorkspaceEdit | undefined> {
  try {
    const { edit } = action.edit ? action : await session.resolve(action, token);
    const made = edit && toMonacoEdit(edit);
    return made?.edits.filter(isTextEdit).every(isOfThisVersion) ? made : undefined;
  } catch (error) {
    if (isSuperseded(error)) return undefined;
    throw error;
  }
}

function isOfThisVersion({ resource, versionId }: monaco.languages.IWorkspaceTextEdit): boolean {
  return versionId === undefined || versionId === monaco.editor.getModel(resource)?.getVersionId();
}

function isTextEdit(
  edit: monaco.languages.IWorkspaceTextEdit | monaco.languages.IWorkspaceFileEdit | monaco.languages.ICustomEdit,
): edit is monaco.languages.IWorkspaceTextEdit {
  return "textEdit" in edit;
}

function toQuickFix(action: CodeAction): QuickFix {
  const { title, kind, isPreferred, disabled, edit, command } = action;
  return {
    title,
    kind,
    isPreferred,
    disabled: disabled?.reason,
    diagnostics: action.diagnostics?.map(toMarker),
    edit: edit && toMonacoEdit(edit),
    command: command && { id: command.command, title: command.title, arguments: command.arguments },
    theirs: action,
  };
}
