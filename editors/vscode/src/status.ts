// The status item of documents that the server takes: what the server does, its model, and the tokens spent.
import { type Disposable, LanguageStatusSeverity, languages } from "vscode";
import { LANGUAGES } from "./documents";
import { QUIET, type ServerStatus, statusText } from "./status_text";

const NOTEBOOKS = { notebookType: "jupyter-notebook", language: "python" };

export interface StatusItem extends Disposable {
  show(status: ServerStatus): void;
  fail(reason: string): void;
}

export function createStatusItem(): StatusItem {
  const selector = [...LANGUAGES.map((language) => ({ language })), NOTEBOOKS];
  const item = languages.createLanguageStatusItem("quickfix-ls", selector);
  item.name = "Quickfix";
  item.command = { command: "quickfix-ls.showMenu", title: "Commands" };
  const show = (status: ServerStatus) => {
    Object.assign(item, statusText(status));
    item.severity = LanguageStatusSeverity.Information;
  };
  show(QUIET);
  return {
    show,
    fail: (reason) => {
      Object.assign(item, { text: "Quickfix: not running", detail: reason, busy: false });
      item.severity = LanguageStatusSeverity.Error;
    },
    dispose: () => item.dispose(),
  };
}
