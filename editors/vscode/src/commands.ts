// The extension's commands.
import {
  type CodeAction,
  CodeActionKind,
  commands,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  window,
  workspace,
} from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";
import { announces, EXPLAIN, PREVIEW, type Preview, REFUSE, RUN, SERVER_COMMANDS, type ServerCall } from "./companions";
import { removeInstalledServer } from "./installed_server";
import { showPreview } from "./preview";
import type { Servers } from "./servers";
import type { Session } from "./session";
import type { ServerTrace } from "./trace";
import { showMarkdown, showText } from "./virtual_documents";

const OFFERED = "vscode.executeCodeActionProvider";
const EXAMPLE = 'def greet(name)\n    print("Hello, " + nmae)\n';

export function registerCommands(
  context: ExtensionContext,
  log: LogOutputChannel,
  trace: ServerTrace,
  servers: Servers,
): Disposable[] {
  const sessionOf = ({ sessionId }: ServerCall | Preview) => servers.running.find(({ id }) => id === sessionId);
  const onItsServer = async (call: ServerCall) => {
    const session = sessionOf(call);
    return session && ask(session, call.command, call.args);
  };
  const here = () => {
    const editor = window.activeTextEditor;
    return { editor, session: editor && servers.sessionFor(editor.document) };
  };
  return Object.entries({
    "quickfix-ls.restart": () => servers.refresh(true),
    "quickfix-ls.showLogs": () => log.show(),
    "quickfix-ls.showServerTrace": () => trace.show(),
    "quickfix-ls.showMenu": () => commands.executeCommand("workbench.action.quickOpen", ">Quickfix: "),
    "quickfix-ls.showDoctor": () => report("Doctor", here().session ?? servers.running[0], SERVER_COMMANDS.doctor, []),
    "quickfix-ls.explainFix": async () => {
      const { document, selection } = here().editor ?? {};
      const kind = CodeActionKind.QuickFix.value;
      const offered = await commands.executeCommand<CodeAction[]>(OFFERED, document?.uri, selection, kind);
      const { command } = offered.find((action) => action.command?.command === EXPLAIN) ?? {};
      return commands.executeCommand(command?.command ?? "quickfix-ls.explainNothing", ...(command?.arguments ?? []));
    },
    "quickfix-ls.explainNothing": () => {
      const { editor, session } = here();
      const { line, character } = editor?.selection.active ?? { line: 0, character: 0 };
      const place = { uri: editor?.document.uri.toString(), position: { line, character } };
      return report("Why nothing is offered here", session, SERVER_COMMANDS.whyNothing, [place]);
    },
    "quickfix-ls.reinstall": async () => {
      await servers.stop();
      await removeInstalledServer(context);
      await servers.refresh(true);
    },
    "quickfix-ls.openExample": async () =>
      window.showTextDocument(await workspace.openTextDocument({ language: "python", content: EXAMPLE })),
    [RUN]: onItsServer,
    [REFUSE]: onItsServer,
    [EXPLAIN]: (call: ServerCall) => report("Why this fix", sessionOf(call), call.command, call.args),
    [PREVIEW]: (preview: Preview) => {
      const session = sessionOf(preview);
      return session && showPreview(session, preview);
    },
  }).map(([name, handler]) => commands.registerCommand(name, handler));
}

/** Shows a server's answer to a command as a page. */
async function report(
  name: string,
  session: Session | undefined,
  command: string,
  args: readonly unknown[],
): Promise<void> {
  if (!session?.client.isRunning()) {
    void window.showWarningMessage("Quickfix's server does not run here; the log says why.");
    return;
  }
  if (!announces(session, command)) {
    void window.showInformationMessage("This version of the server can't tell.");
    return;
  }
  const answer = await ask<{ markdown?: string; text?: string }>(session, command, args);
  await (answer?.text
    ? showText(name, answer.text)
    : showMarkdown(name, answer?.markdown ?? "There is nothing to say."));
}

async function ask<Answer>({ client }: Session, command: string, args: readonly unknown[]): Promise<Answer | null> {
  return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [...args] });
}
