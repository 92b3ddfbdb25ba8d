// One running server and its client.
import { type LogOutputChannel, type Uri, type WorkspaceFolder, window, workspace } from "vscode";
import {
  type ConfigurationParams,
  type DocumentSelector,
  type DynamicFeature,
  type InitializeParams,
  LanguageClient,
  type LanguageClientOptions,
  MessageType,
  type ShowMessageParams,
  type StaticFeature,
} from "vscode-languageclient/node";
import { idOf, withCompanions } from "./companions";
import { CELLS, LANGUAGES } from "./documents";
import { answerLanguageModel } from "./language_model";
import type { Launch, Plan } from "./launch";
import { isShown } from "./notifications";
import { logServerOutput } from "./server_output";
import { readSettings, SECTION, settingsForServer } from "./settings";
import type { ServerStatus } from "./status_text";

export interface Session {
  readonly id: number;
  readonly client: LanguageClient;
  readonly launch: Launch;
  /** The only folder that the server is for; nothing if it serves all. */
  readonly folder: WorkspaceFolder | undefined;
}

/** What the extension understands beyond the protocol; the end of the README explains it. */
const EXPERIMENTAL = { status: true, otherDiagnostics: true, languageModel: true };
const SCHEMES = ["file", "untitled", "vscode-vfs"];

let sessions = 0;

/** Returns a session that is not started yet. */
export function createSession(
  { launch, folder }: Plan<WorkspaceFolder>,
  log: LogOutputChannel,
  trace: LogOutputChannel,
  changed: (status: ServerStatus) => void,
): Session {
  const options: LanguageClientOptions = {
    documentSelector: selectorFor(folder),
    outputChannel: log,
    traceOutputChannel: trace,
    stdioOptions: { stdout: logServerOutput, stderr: logServerOutput },
    ...(folder ? { workspaceFolder: folder } : {}),
    notebookDocumentOptions: {
      filterCells: (notebook, cells) => (serves(folder, notebook.uri) ? cells : []),
    },
    middleware: {
      provideCodeActions: async (document, range, context, token, next) =>
        withCompanions(session, context, await next(document, range, context, token)),
      // Only the server's own actions have something to resolve.
      resolveCodeAction: (action, token, next) => (idOf(action) === undefined ? action : next(action, token)),
      workspace: {
        configuration: ({ items }: ConfigurationParams) =>
          items.map(({ section }) => (section === SECTION ? settingsForServer(workspace.isTrusted) : null)),
        ...(folder ? { workspaceFolders: () => [asProtocol(folder)] } : {}),
      },
    },
  };
  const client = new QuickfixClient(launch, options, folder);
  const session: Session = { id: sessions++, client, launch, folder };
  client.onNotification("window/showMessage", showMessage);
  client.onNotification("quickfix-ls/status", changed);
  client.onRequest("quickfix-ls/languageModel", answerLanguageModel);
  return session;
}

/** Returns whether a server for `folder` is for the document at this URI. */
export function serves(folder: WorkspaceFolder | undefined, uri: Uri): boolean {
  return folder === undefined || workspace.getWorkspaceFolder(uri)?.uri.toString() === folder.uri.toString();
}

function selectorFor(folder: WorkspaceFolder | undefined): DocumentSelector {
  const pattern = folder && { baseUri: folder.uri.toString(), pattern: "**/*" };
  const files = pattern
    ? LANGUAGES.map((language) => ({ language, pattern }))
    : LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ scheme, language })));
  return [...files, ...CELLS];
}

const asProtocol = ({ uri, name }: WorkspaceFolder) => ({ uri: uri.toString(), name });

function showMessage({ type, message }: ShowMessageParams): void {
  const show: Partial<Record<MessageType, (message: string) => unknown>> = {
    [MessageType.Error]: window.showErrorMessage,
    [MessageType.Warning]: window.showWarningMessage,
  };
  if (isShown(type, readSettings().showNotifications)) {
    void (show[type] ?? window.showInformationMessage)(message);
  }
}

class QuickfixClient extends LanguageClient {
  constructor(
    { command, args }: Launch,
    options: LanguageClientOptions,
    private readonly folder: WorkspaceFolder | undefined,
  ) {
    super(SECTION, "Quickfix", { command, args: [...args] }, options);
  }

  /** Leaves the server's commands unregistered: several servers announce the same ones. See `companions`. */
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    if (!("registrationType" in feature) || feature.registrationType.method !== "workspace/executeCommand") {
      super.registerFeature(feature);
    }
  }

  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    params.capabilities.experimental = { [SECTION]: EXPERIMENTAL };
    if (this.folder) {
      params.workspaceFolders = [asProtocol(this.folder)];
    }
  }
}
