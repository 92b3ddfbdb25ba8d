// The page: files to choose from, the editor, the panel with the fixes, and the session with the server.

import * as monaco from "monaco-editor/editor/editor.api.js";
import { createEditor } from "./editor";
import { type Session, startSession, type Status } from "./language-client";
import { type CodeAction, type Diagnostic, toMonacoRange } from "./lsp";
import { type Example, listFiles } from "./files";
import { markStale, showFixes, showMessage, showNoFix, showNothing, showProblems } from "./panel";
import { type Answer, apply, fixesAt, fixOfFile, reasonsOf, registerQuickFixes, whyNothing } from "./quick-fixes";
import { followTheme } from "./theme";

const OWN_CODE: Example = { name: "your_own_code.py", about: "Type or paste what is broken.", text: "" };

const SETTLED_MILLISECONDS = 120;
const LOOKING_MILLISECONDS = 2_000;
const RETRY_MILLISECONDS = 2_000;
const IS_MAC = navigator.platform.startsWith("Mac");
const KEY = IS_MAC ? "⌘" : "Ctrl+";

const part = (id: string) => document.getElementById(id)!;
const panel = part("panel");
const editor = createEditor(part("editor"));
let session: Session | undefined;
let applied: string | undefined;

const handlers = {
  apply: (action: CodeAction) => inBackground(act(action)),
  never: (action: CodeAction) => inBackground(refuse(action)),
  go: ({ range }: Diagnostic) => goTo(range),
  reasons: (action: CodeAction, show: (reasons: string) => void) => {
    if (session) inBackground(reasonsOf(session, action).then(show));
  },
};

// -- the files -----------------------------------------------------------------------------------------------

/** Show a file; its text and its undo are kept while the page is open. */
function open(example: Example): void {
  const uri = monaco.Uri.from({ scheme: "untitled", path: example.name });
  const known = monaco.editor.getModel(uri);
  editor.setModel(known ?? monaco.editor.createModel(example.text, "python", uri));
  part("file-name").textContent = example.name;
  part("reset").onclick = () => breakAgain(example);
  history.replaceState(null, "", `#${example.name}`);
  applied = undefined;
  if (!known) expectProblems();
  editor.focus();
}

function breakAgain(example: Example): void {
  applied = undefined;
  expectProblems();
  editor.pushUndoStop();
  editor.executeEdits("reset", [{ range: editor.getModel()!.getFullModelRange(), text: example.text }]);
  editor.pushUndoStop();
}

// -- the fixes -----------------------------------------------------------------------------------------------

let goToFirstProblem = true;
let lookingUntil = 0;
let settling = 0;
let shown: CodeAction[] = [];

/** The cursor goes to the first problem that is found. The server says nothing of a text without one, so for a while none
 * only means that it still looks. */
function expectProblems(): void {
  goToFirstProblem = true;
  lookingUntil = performance.now() + LOOKING_MILLISECONDS;
}

/** Bring the panel up to date once nothing has changed for a moment. */
function settle(): void {
  window.clearTimeout(settling);
  settling = window.setTimeout(() => inBackground(showPanel()), SETTLED_MILLISECONDS);
}

async function showPanel(): Promise<void> {
  const model = editor.getModel();
  if (!session || !model) return;
  const problems = session.diagnosticsOf(model);
  part("problems").textContent = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  if (!problems.length && performance.now() < lookingUntil && model.getValueLength()) {
    showMessage(panel, "Looking for problems …", "");
    return settle();
  }
  if (!problems.length) return showNothing(panel, applied, `${KEY}Z`);
  if (goToFirstProblem) {
    goToFirstProblem = false;
    goTo(problems[0]!.range);
  }
  const problem = problemAt(problems, editor.getPosition()!);
  if (!problem) return showProblems(panel, problems, handlers);
  const range = toMonacoRange(problem.range);
  const answer = await fixesAt(session, model, range);
  showAnswer(answer, problem, offersOf(answer).length ? undefined : await whyNothing(session, model, range));
}

/** The actions of an answer that are fixes, of which a difference is known; others only say why there is none. */
function offersOf({ actions }: Answer): CodeAction[] {
  return actions.filter(({ data }) => data?.preview !== undefined);
}

/** Show in the panel what the menu shows. */
function followMenu(answer: Answer): void {
  const problem = session && problemAt(session.diagnosticsOf(answer.model), editor.getPosition()!);
  if (problem && offersOf(answer).length) showAnswer(answer, problem);
}

function noteApplied(args: unknown[]): void {
  const { id } = (args[0] ?? {}) as { id?: string };
  applied = shown.find((action) => action.data?.id === id)?.title;
}

function showAnswer(answer: Answer, problem: Diagnostic, why?: string): void {
  const { model, versionId, milliseconds } = answer;
  if (model !== editor.getModel() || versionId !== model.getVersionId()) return;
  shown = offersOf(answer);
  if (shown.length) showFixes(panel, problem, shown, milliseconds, handlers);
  else showNoFix(panel, problem, why);
}

/** The problem on the line of a position that is nearest to it. */
function problemAt(problems: Diagnostic[], position: monaco.Position): Diagnostic | undefined {
  const line = position.lineNumber - 1;
  const distance = ({ range }: Diagnostic) => Math.abs(range.start.character - (position.column - 1));
  const onLine = problems.filter(({ range }) => range.start.line <= line && line <= range.end.line);
  return onLine.sort((one, other) => distance(one) - distance(other))[0];
}

async function act(action: CodeAction): Promise<void> {
  if (!session) return;
  applied = action.data?.fixes?.join("; ") ?? action.title;
  await apply(session, editor, action);
  editor.focus();
}

async function fixAll(): Promise<void> {
  const action = session && (await fixOfFile(session, editor.getModel()!));
  if (action) return act(action);
  const why = "Only fixes that leave no doubt are made without a look. The menu has the others.";
  showMessage(panel, "Nothing to fix all at once", why);
}

async function refuse(action: CodeAction): Promise<void> {
  await session?.execute("quickfix-ls.never", [{ id: action.data?.id }]);
  showMessage(
    panel,
    "Never offered again",
    "`quickfix-ls never` in a terminal lists such changes, and takes them back.",
  );
}

/** Run what nobody waits for. It fails where the session ends meanwhile, which the page shows, or by an error. */
function inBackground(work: Promise<void>): void {
  work.catch((error) => console.warn(error));
}

function goTo(range: Diagnostic["range"]): void {
  const { startLineNumber, startColumn } = toMonacoRange(range);
  editor.setPosition({ lineNumber: startLineNumber, column: startColumn });
  editor.revealLineInCenterIfOutsideViewport(startLineNumber);
  editor.focus();
}

// -- the session ---------------------------------------------------------------------------------------------

/** Keep a session with the server as long as the page is open: where one ends, another begins. */
async function keepSession(url: string): Promise<never> {
  for (;;) {
    let reason: string;
    try {
      const begun = await startSession(url, "quickfix-ls", showStatus);
      session = begun;
      expectProblems();
      const fixes = registerQuickFixes(begun, followMenu, noteApplied);
      showStatus({ state: "ready", detail: `Connected to quickfix-ls ${begun.serverVersion}` });
      settle();
      reason = await begun.closed;
      fixes.dispose();
    } catch (error) {
      reason = (error as Error).message;
    }
    session = undefined;
    showStatus({ state: "lost", detail: `Not connected: ${reason}. Trying again …` });
    showMessage(panel, "No server", `${reason}. The page tries again until one answers.`);
    await new Promise((resolve) => window.setTimeout(resolve, RETRY_MILLISECONDS));
  }
}

function showStatus({ state, detail }: Status): void {
  part("connection").dataset.state = state;
  if (detail) part("connection").textContent = detail;
}

// -- the start -----------------------------------------------------------------------------------------------

followTheme(part("theme"));
part("quick-fix-key").textContent = `${KEY}.`;
part("quick-fix").onclick = () => {
  editor.focus();
  editor.trigger("page", "editor.action.quickFix", {});
};
part("fix-all").onclick = () => inBackground(fixAll());
monaco.editor.onDidChangeMarkers(settle);
editor.onDidChangeModel(() => {
  panel.replaceChildren();
  settle();
});
editor.onDidChangeModelContent(() => {
  markStale(panel);
  settle();
});
editor.onDidChangeCursorPosition(({ position }) => {
  part("position").textContent = `Line ${position.lineNumber}, column ${position.column}`;
  settle();
});

const [examples, server] = await Promise.all(
  ["examples.json", "server.json"].map(async (name) => (await fetch(name)).json()),
);
listFiles(part("files"), [...examples, OWN_CODE], open);
// `?server=ws://HOST:PORT` is for a server that was started by itself, `?beside=` for another one beside it.
const query = new URLSearchParams(location.search);
const beside = query.get("beside");
if (beside) registerQuickFixes(await startSession(beside, "beside", () => undefined));
void keepSession(query.get("server") ?? server.url);

// The tests read the text, with its line ends, from here.
Object.assign(window, { monaco, editor });
