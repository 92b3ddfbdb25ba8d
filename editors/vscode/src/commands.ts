// The extension's commands.
import { commands, type Disposable, type ExtensionContext, type LogOutputChannel, window, workspace } from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";
import { EXPLAIN, PREVIEW, type Preview, REFUSE, RUN, SERVER_COMMANDS, type ServerCall } from "./companions";
import { removeInstalledServer } from "./installed_server";
import { showPreview } from "./preview";
import type { Servers } from "./servers";
import type { Session } from "./session";
import type { ServerTrace } from "./trace";
import { showMarkdown } from "./virtual_documents";

export function registerCommands(
  context: ExtensionContext,
  log: LogOutputChannel,
  trace: ServerTrace,
  servers: Servers,
): Disposable[] {
  const explain = async (name: string, session: Session, command: string, args: readonly unknown[]) => {
    const answer = await ask<{ markdown?: string; text?: string }>({ session, command, args });
    const report = answer?.markdown ?? (answer?.text ? `\`\`\`text\n${answer.text}\n\`\`\`` : "");
    await (report
      ? showMarkdown(name, report)
      : window.showInformationMessage("The server has nothing to say about it."));
  };
  const here = () => {
    const editor = window.activeTextEditor;
    const session = editor && servers.sessionFor(editor.document);
    return editor && session
      ? { session, uri: editor.document.uri.toString(), position: editor.selection.active }
      : undefined;
  };
  const handlers: Record<string, (...args: never[]) => unknown> = {
    restart: () => servers.refresh(true),
    showLogs: () => log.show(),
    showServerTrace: () => trace.show(),
    showDoctor: () => {
      const session = here()?.session ?? servers.running[0];
      return session && explain("Doctor", session, SERVER_COMMANDS.doctor, []);
    },
    explainFix: () => commands.executeCommand("editor.action.quickFix"),
    explainNothing: () => {
      const place = here();
      const { line = 0, character = 0 } = place?.position ?? {};
      const args = [{ uri: place?.uri, position: { line, character } }];
      return place && explain("Why nothing is offered here", place.session, SERVER_COMMANDS.whyNothing, args);
    },
    showMenu: () => commands.executeCommand("workbench.action.quickOpen", ">Quickfix: "),
    removeServer: async () => {
      await servers.stop();
      await removeInstalledServer(context);
      await servers.refresh(true);
    },
    openExample: async () => {
      const content = 'def greet(name)\n    print("Hello, " + nmae)\n';
      await window.showTextDocument(await workspace.openTextDocument({ language: "python", content }));
    },
  };
  const registered = Object.entries(handlers).map(([name, handler]) =>
    commands.registerCommand(`quickfix-ls.${name}`, handler),
  );
  return [
    ...registered,
    commands.registerCommand(RUN, ask),
    commands.registerCommand(PREVIEW, (preview: Preview) => showPreview(preview)),
    commands.registerCommand(REFUSE, ask),
    commands.registerCommand(EXPLAIN, ({ session, command, args }: ServerCall) =>
      explain("Why this fix", session, command, args),
    ),
  ];
}

/** Has a server run a command, and returns its answer. */
async function ask<Answer>({ session, command, args }: ServerCall): Promise<Answer | null> {
  return session.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [...args] });
}
