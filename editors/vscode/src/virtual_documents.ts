// Read-only documents of the extension: the text after a fix, and reports.
import { commands, type Disposable, EventEmitter, Uri, window, workspace } from "vscode";

const SCHEME = "quickfix-ls";
const MOST_KEPT = 20;

const texts = new Map<string, string>();
const changed = new EventEmitter<Uri>();

export function registerVirtualDocuments(): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
  });
}

/** Makes a document of this path and returns its URI; the text of an earlier one with this path is replaced. */
export function virtualDocument(path: string, text: string): Uri {
  const uri = Uri.from({ scheme: SCHEME, path: path.startsWith("/") ? path : `/${path}` });
  texts.delete(uri.toString());
  texts.set(uri.toString(), text);
  for (const oldest of [...texts.keys()].slice(0, -MOST_KEPT)) {
    texts.delete(oldest);
  }
  changed.fire(uri);
  return uri;
}

export async function showText(name: string, text: string): Promise<void> {
  await window.showTextDocument(virtualDocument(`${name}.txt`, text));
}

export async function showMarkdown(name: string, markdown: string): Promise<void> {
  await commands.executeCommand("markdown.showPreviewToSide", virtualDocument(`${name}.md`, markdown));
}
