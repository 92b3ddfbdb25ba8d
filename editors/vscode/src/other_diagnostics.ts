// Tells the server what other tools report of its documents, so that it does not report the same again.
import { type Disposable, languages, type TextDocument, type Uri, workspace } from "vscode";
import type { Session } from "./session";
import { SECTION } from "./settings";

const PAUSE_MILLISECONDS = 100;

/** Sends the diagnostics of changed documents after a pause, each set once, to the server that `sessionFor` names. */
export function sendOtherDiagnostics(sessionFor: (document: TextDocument) => Session | undefined): OtherDiagnostics {
  const sent = new Map<string, string>();
  const waiting = new Map<string, TextDocument>();
  let timer: NodeJS.Timeout | undefined;

  const send = () => {
    timer = undefined;
    const documents = [...waiting.values()];
    waiting.clear();
    for (const document of documents) {
      sendOf(document, sessionFor(document), sent);
    }
  };
  const schedule = (documents: readonly TextDocument[]) => {
    for (const document of documents) {
      waiting.set(document.uri.toString(), document);
    }
    timer ??= setTimeout(send, PAUSE_MILLISECONDS);
  };
  const listeners = [
    languages.onDidChangeDiagnostics(({ uris }) => schedule(openAmong(uris))),
    workspace.onDidOpenTextDocument((document) => schedule([document])),
    workspace.onDidCloseTextDocument(({ uri }) => {
      sent.delete(uri.toString());
      waiting.delete(uri.toString());
    }),
  ];
  return {
    sendAll: () => {
      sent.clear();
      schedule(workspace.textDocuments);
    },
    dispose: () => {
      clearTimeout(timer);
      for (const listener of listeners) {
        listener.dispose();
      }
    },
  };
}

export interface OtherDiagnostics extends Disposable {
  /** Sends those of all open documents, to a server that has just started. */
  sendAll(): void;
}

function openAmong(uris: readonly Uri[]): TextDocument[] {
  const changed = new Set(uris.map(String));
  return workspace.textDocuments.filter(({ uri }) => changed.has(uri.toString()));
}

function sendOf(document: TextDocument, session: Session | undefined, sent: Map<string, string>): void {
  if (!session?.client.isRunning() || document.isClosed) {
    return;
  }
  const { code2ProtocolConverter: converter } = session.client;
  const others = languages.getDiagnostics(document.uri).filter(({ source }) => source !== SECTION);
  const diagnostics = converter.asDiagnosticsSync(others);
  const key = document.uri.toString();
  const content = JSON.stringify(diagnostics);
  if (content !== (sent.get(key) ?? "[]")) {
    sent.set(key, content);
    void session.client.sendNotification("quickfix-ls/otherDiagnostics", {
      uri: converter.asUri(document.uri),
      diagnostics,
    });
  }
}
