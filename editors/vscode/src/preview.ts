// Shows what a fix would change, as a diff; nothing is applied.
import { commands, workspace } from "vscode";
import { CodeActionResolveRequest } from "vscode-languageclient/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Preview } from "./companions";
import { pathWithSuffix } from "./documents";
import type { Session } from "./session";
import { virtualDocument } from "./virtual_documents";

/** Opens a diff editor for each document that the fix changes. Raises ResponseError if the text has changed since. */
export async function showPreview({ client }: Session, { action }: Preview): Promise<void> {
  const { edit } = action.edit ? action : await client.sendRequest(CodeActionResolveRequest.type, action);
  const changes = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  for (const [uri, edits] of changes?.entries() ?? []) {
    const document = await workspace.openTextDocument(uri);
    const before = TextDocument.create(uri.toString(), document.languageId, document.version, document.getText());
    const after = virtualDocument(
      pathWithSuffix(uri.path, document.languageId),
      TextDocument.applyEdits(before, edits),
    );
    const name = uri.path.split("/").at(-1);
    await commands.executeCommand("vscode.diff", uri, after, `${name}: ${action.title}`);
  }
}
