// The server's code actions as Monaco's: in the menu of Ctrl+., behind the lightbulb, and for the page's panel.

import * as monaco from "monaco-editor/editor/editor.api.js";
import type { Session } from "./language-client";
import { type CodeAction, toMarker, toMonacoEdit } from "./lsp";

/** The server's answer about a range of a text, and how long it took in milliseconds. */
export interface Answer {
  model: monaco.editor.ITextModel;
  versionId: number;
  actions: CodeAction[];
  milliseconds: number;
}

const INVOKED = 1;
const AUTOMATIC = 2;

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
      const resolved = await session.resolve((action as QuickFix).theirs, token);
      return { ...action, edit: resolved.edit && toMonacoEdit(resolved.edit) };
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

/** The action that makes all fixes of a file that leave no doubt; undefined where there is none. */
export async function fixOfFile(session: Session, model: monaco.editor.ITextModel): Promise<CodeAction | undefined> {
  const context = { triggerKind: INVOKED, only: ["source.fixAll"] };
  return (await session.codeActions(model, model.getFullModelRange(), context))[0];
}

/** Apply an action as the menu would: its edit, as one step of undo, then its command. */
export async function apply(session: Session, editor: monaco.editor.ICodeEditor, action: CodeAction): Promise<void> {
  const model = editor.getModel();
  const resolved = action.edit ? action : await session.resolve(action);
  const edits = resolved.edit ? toMonacoEdit(resolved.edit).edits.filter(isTextEdit) : [];
  if (!model || edits.some(({ versionId }) => versionId !== undefined && versionId !== model.getVersionId())) return;
  editor.pushUndoStop();
  editor.executeEdits(
    "quickfix-ls",
    edits.map(({ textEdit }) => ({ range: textEdit.range, text: textEdit.text })),
  );
  editor.pushUndoStop();
  if (action.command) await session.execute(action.command.command, action.command.arguments ?? []);
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
