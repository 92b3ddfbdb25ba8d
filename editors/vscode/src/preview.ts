// Shows what a fix would change, as a diff; nothing is applied.
import { commands, type TextEdit, workspace } from "vscode";
import { CodeActionResolveRequest } from "vscode-languageclient/node";
import type { Preview } from "./companions";
import { pathWithSuffix } from "./documents";
import { withReplacements } from "./replacements";
import type { Session } from "./session";
import { virtualDocument } from "./virtual_documents";

/** Opens a diff editor for each document that the fix changes. Raises ResponseError if the text has changed since. */
export async function showPreview({ client }: Session, { action }: Preview): Promise<void> {
  const { edit } = action.edit ? action : await client.sendRequest(CodeActionResolveRequest.type, action);
  const changes = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  for (const [uri, edits] of changes?.entries() ?? []) {
    const document = await workspace.openTextDocument(uri);
    const after = withReplacements(
      document.getText(),
      edits.map(({ range, newText }: TextEdit) => ({
        start: document.offsetAt(range.start),
        end: document.offsetAt(range.end),
        text: newText,
      })),
    );
    const name = uri.path.split("/").at(-1);
    await commands.executeCommand(
      "vscode.diff",
      uri,
      virtualDocument(pathWithSuffix(uri.path, document.languageId), after),
      `${name}: ${action.title}`,
    );
  }
}
