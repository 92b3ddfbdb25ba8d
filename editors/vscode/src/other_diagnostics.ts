// Tells the server what other tools report of its documents, so that it does not report the same again.
import { Disposable, languages, type TextDocument, workspace } from "vscode";
import type { Session } from "./session";
import { SECTION } from "./settings";

const PAUSE_MILLISECONDS = 100;

export interface OtherDiagnostics extends Disposable {
  /** Sends those of all open documents, to a server that has just started. */
  sendAll(): void;
}

/** Sends the diagnostics of changed documents after a pause, each set once, to the server that `sessionFor` names. */
export function sendOtherDiagnostics(sessionFor: (document: TextDocument) => Session | undefined): OtherDiagnostics {
  let sent = new WeakMap<TextDocument, string>();
  const waiting = new Set<TextDocument>();
  let timer: NodeJS.Timeout | undefined;

  const schedule = (documents: readonly TextDocument[]) => {
    documents.forEach(waiting.add, waiting);
    timer ??= setTimeout(() => {
      timer = undefined;
      const due = [...waiting];
      waiting.clear();
      due.forEach(send);
    }, PAUSE_MILLISECONDS);
  };
  const send = (document: TextDocument) => {
    const client = sessionFor(document)?.client;
    if (!client?.isRunning() || document.isClosed) {
      return;
    }
    const others = languages.getDiagnostics(document.uri).filter(({ source }) => source !== SECTION);
    const diagnostics = client.code2ProtocolConverter.asDiagnosticsSync(others);
    const content = JSON.stringify(diagnostics);
    if (content !== (sent.get(document) ?? "[]")) {
      sent.set(document, content);
      const uri = client.code2ProtocolConverter.asUri(document.uri);
      void client.sendNotification("quickfix-ls/otherDiagnostics", { uri, diagnostics });
    }
  };
  const listeners = Disposable.from(
    workspace.onDidOpenTextDocument((document) => schedule([document])),
    languages.onDidChangeDiagnostics(({ uris }) => {
      const changed = new Set(uris.map(String));
      schedule(workspace.textDocuments.filter(({ uri }) => changed.has(uri.toString())));
    }),
  );
  return {
    sendAll: () => {
      sent = new WeakMap();
      schedule(workspace.textDocuments);
    },
    dispose: () => {
      clearTimeout(timer);
      listeners.dispose();
    },
  };
}
