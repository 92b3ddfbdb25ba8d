// A session with the server: it keeps the server's documents equal to Monaco's models, and shows its diagnostics.

import * as monaco from "monaco-editor/editor/editor.api.js";
import { Connection, isSuperseded } from "./json-rpc";
import { type CodeAction, type Diagnostic, toDiagnostic, toLspRange, toMarker } from "./lsp";

const LANGUAGE = "python";

const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: { workspaceEdit: { documentChanges: true } },
  textDocument: {
    publishDiagnostics: { versionSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
      isPreferredSupport: true,
      disabledSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
  },
  experimental: { "quickfix-ls": { status: true, otherDiagnostics: true } },
};

/** What the server says of itself; `state` is "starting", "ready", "indexing" or "paused". */
export interface Status {
  state: string;
  detail: string;
}

export interface Session {
  /** Resolves with the reason when the session ends. */
  closed: Promise<string>;
  serverVersion: string;
  /** The commands that the server announces. */
  commands: string[];
  /** What this server and others report of a document. */
  diagnosticsOf(model: monaco.editor.ITextModel): Diagnostic[];
  /** The actions for a range; none where the request came too late. */
  codeActions(
    model: monaco.editor.ITextModel,
    range: monaco.IRange,
    context: { triggerKind: number; only?: string[] },
    token?: monaco.CancellationToken,
  ): Promise<CodeAction[]>;
  resolve(action: CodeAction, token?: monaco.CancellationToken): Promise<CodeAction>;
  execute(command: string, args: unknown[]): Promise<unknown>;
}

/** Begin a session: every Python model, now and later, is the server's document until the session ends. `name` tells
 * the server's diagnostics from those of other servers. */
export async function startSession(url: string, name: string, onStatus: (status: Status) => void): Promise<Session> {
  const connection = await Connection.open(url);
  const diagnostics = new Map<string, Diagnostic[]>();
  connection.on("quickfix-ls/status", onStatus);
  connection.on("window/showMessage", ({ message }) => onStatus({ state: "ready", detail: message }));
  connection.on("window/logMessage", ({ message }) => console.debug(message));
  connection.on("textDocument/publishDiagnostics", ({ uri, version, diagnostics: found }) => {
    const model = monaco.editor.getModel(monaco.Uri.parse(uri));
    // Diagnostics of an older text would stand at the wrong places.
    if (!model || (typeof version === "number" && version !== model.getVersionId())) return;
    diagnostics.set(uri, found);
    monaco.editor.setModelMarkers(model, name, found.map(toMarker));
  });

  const initialized = await connection.request<any>("initialize", {
    processId: null,
    clientInfo: { name: "Monaco Editor" },
    rootUri: null,
    capabilities: CAPABILITIES,
  });
  connection.notify("initialized", {});
  const listeners = [synchronize(connection)];
  if (initialized.serverInfo?.name === "quickfix-ls") listeners.push(tellOtherDiagnostics(connection, name));
  const closed = connection.closed.then((reason) => {
    for (const listener of listeners) listener.dispose();
    for (const model of monaco.editor.getModels()) monaco.editor.setModelMarkers(model, name, []);
    return reason;
  });

  // The server knows its own by what it sent, which a marker does not hold whole.
  const diagnosticsOf = (model: monaco.editor.ITextModel) => [
    ...(diagnostics.get(model.uri.toString()) ?? []),
    ...otherDiagnostics(model, name),
  ];
  return {
    closed,
    serverVersion: initialized.serverInfo?.version ?? "",
    commands: initialized.capabilities.executeCommandProvider?.commands ?? [],
    diagnosticsOf,
    async codeActions(model, range, context, token) {
      const touching = diagnosticsOf(model).filter((one) =>
        monaco.Range.areIntersectingOrTouching(toMarker(one), range),
      );
      const params = {
        textDocument: { uri: model.uri.toString() },
        range: toLspRange(range),
        context: { ...context, diagnostics: touching },
      };
      try {
        return (await connection.request<CodeAction[] | null>("textDocument/codeAction", params, token)) ?? [];
      } catch (error) {
        if (isSuperseded(error)) return [];
        throw error;
      }
    },
    resolve: (action, token) => connection.request("codeAction/resolve", action, token),
    execute: (command, args) => connection.request("workspace/executeCommand", { command, arguments: args }),
  };
}

/** Open each Python model at the server, and send its changes with Monaco's own versions, until disposed. */
function synchronize(connection: Connection): monaco.IDisposable {
  const open = (model: monaco.editor.ITextModel): monaco.IDisposable[] => {
    if (model.getLanguageId() !== LANGUAGE) return [];
    const uri = model.uri.toString();
    // `getValue` keeps the line ends that the model has.
    const textDocument = { uri, languageId: LANGUAGE, version: model.getVersionId(), text: model.getValue() };
    connection.notify("textDocument/didOpen", { textDocument });
    return [
      model.onDidChangeContent((event) =>
        connection.notify("textDocument/didChange", {
          textDocument: { uri, version: event.versionId },
          contentChanges: contentChanges(event),
        }),
      ),
      model.onWillDispose(() => connection.notify("textDocument/didClose", { textDocument: { uri } })),
    ];
  };
  const listeners = monaco.editor.getModels().flatMap(open);
  listeners.push(monaco.editor.onDidCreateModel((model) => listeners.push(...open(model))));
  return { dispose: () => listeners.forEach((listener) => listener.dispose()) };
}

/** Tell the server what other servers report of each document, so that it does not report the same, until disposed. */
function tellOtherDiagnostics(connection: Connection, name: string): monaco.IDisposable {
  const told = new Map<string, string>();
  return monaco.editor.onDidChangeMarkers((uris) => {
    for (const resource of uris) {
      const uri = resource.toString();
      const model = monaco.editor.getModel(resource);
      const params = { uri, diagnostics: model ? otherDiagnostics(model, name) : [] };
      const message = JSON.stringify(params);
      if (message === (told.get(uri) ?? JSON.stringify({ uri, diagnostics: [] }))) continue;
      told.set(uri, message);
      connection.notify("quickfix-ls/otherDiagnostics", params);
    }
  });
}

function otherDiagnostics(model: monaco.editor.ITextModel, name: string): Diagnostic[] {
  const markers = monaco.editor.getModelMarkers({ resource: model.uri });
  return markers.filter(({ owner }) => owner !== name).map(toDiagnostic);
}

/** The changes of an event as the server applies them, one after the other. All their ranges are of the text before the
 * event: from the last to the first, no change moves another's range. */
function contentChanges(event: monaco.editor.IModelContentChangedEvent): object[] {
  return [...event.changes]
    .sort((one, other) => other.rangeOffset - one.rangeOffset)
    .map(({ range, text }) => ({ range: toLspRange(range), text }));
}
