// Starts the language server that the setting `neighbour.command` names, as a tool's own extension does.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

exports.activate = async (context) => {
  const [command, ...args] = vscode.workspace.getConfiguration("neighbour").get("command");
  if (!command) return;
  const documentSelector = [{ language: "python" }];
  const client = new LanguageClient("neighbour", "Neighbour", { command, args }, { documentSelector });
  context.subscriptions.push(client);
  await client.start();
};
