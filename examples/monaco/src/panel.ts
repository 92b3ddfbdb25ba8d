// The panel beside the editor: the fixes of one problem, each with its difference, its checks and its probability.

import { difference } from "./difference";
import { element } from "./elements";
import type { CodeAction, Diagnostic } from "./lsp";

export interface PanelHandlers {
  apply(action: CodeAction): void;
  never(action: CodeAction): void;
  go(diagnostic: Diagnostic): void;
  /** Find out why a fix is ranked where it is, and show it. */
  reasons(action: CodeAction, show: (reasons: string) => void): void;
}

const SOURCES: Record<string, string> = {
  fixer: "A rule for this error",
  search: "A search over small edits",
  model: "A language model",
};

const NO_FIX = "Nothing was found that passes its checks and is likely enough to be right, so nothing is offered.";

/** Show the fixes of a problem, and how many milliseconds they took. */
export function showFixes(
  panel: HTMLElement,
  problem: Diagnostic,
  offered: CodeAction[],
  took: number,
  handlers: PanelHandlers,
) {
  fill(
    panel,
    element("h2", {}, offered.length > 1 ? `${offered.length} fixes` : "The fix"),
    told(problem),
    ...offered.map((action) => card(action, handlers)),
    element("p", { class: "note" }, `Found, checked and ranked in ${took.toFixed(0)} ms.`),
  );
}

/** Show that a problem has no fix, and why, in Markdown. */
export function showNoFix(panel: HTMLElement, problem: Diagnostic, why: string = NO_FIX) {
  fill(panel, element("h2", {}, "No fix"), told(problem), element("p", { class: "note" }, ...code(why)));
}

/** Show that there is nothing to fix, with the fix that was applied last, where there is one. */
export function showNothing(panel: HTMLElement, applied: string | undefined, undoKey: string) {
  fill(
    panel,
    element("h2", {}, applied ? "No problem left" : "Nothing is broken here"),
    ...(applied ? [element("p", { class: "applied" }, ...code(applied))] : []),
    element(
      "p",
      { class: "note" },
      ...(applied
        ? ["One ", element("kbd", {}, undoKey), " takes it back. "]
        : ["quickfix-ls knows no error in this text. "]),
      "Break something: delete a bracket, misspell a name, forget an import.",
    ),
  );
}

/** Show all problems of a file, each a button that goes there. */
export function showProblems(panel: HTMLElement, problems: Diagnostic[], handlers: PanelHandlers) {
  const go = (problem: Diagnostic) => {
    const button = element(
      "button",
      { type: "button", class: "link" },
      `Line ${problem.range.start.line + 1}: `,
      ...code(problem.message),
    );
    button.onclick = () => handlers.go(problem);
    return element("li", {}, button);
  };
  fill(
    panel,
    element("h2", {}, problems.length === 1 ? "A problem" : `${problems.length} problems`),
    element("ul", { class: "problems" }, ...problems.map(go)),
    element("p", { class: "note" }, "Put the cursor on an underlined line to see its fix."),
  );
}

export function showMessage(panel: HTMLElement, title: string, text: string) {
  fill(panel, element("h2", {}, title), element("p", { class: "note" }, ...code(text)));
}

/** Say that the text has changed since the panel was filled: its buttons wait for what is filled in next. */
export function markStale(panel: HTMLElement) {
  panel.toggleAttribute("data-stale", true);
}

function fill(panel: HTMLElement, ...children: HTMLElement[]) {
  panel.removeAttribute("data-stale");
  panel.replaceChildren(...children);
}

function card(action: CodeAction, handlers: PanelHandlers): HTMLElement {
  const { probability = 0, checks = [], source = "", preview = "" } = action.data ?? {};
  // Rounded down, since no fix is certain.
  const percent = `${Math.floor(probability * 100)} %`;
  const bar = element("div", { class: "bar" });
  bar.style.setProperty("--share", String(probability));
  const apply = element("button", { type: "button", class: "primary" }, "Apply");
  apply.onclick = () => handlers.apply(action);
  const never = element("button", { type: "button", class: "link" }, "Never offer this");
  never.onclick = () => handlers.never(action);
  const ranked = element("div", {});
  handlers.reasons(action, (reasons) => ranked.append(...whyRanked(reasons)));
  return element(
    "article",
    {},
    element("h3", {}, ...code(action.title)),
    difference(preview),
    element(
      "div",
      {
        class: "probability",
        title: "How likely this is what you meant, by the ranking model; it is calibrated on real errors",
      },
      bar,
      `${percent} likely what you meant`,
    ),
    element("h4", {}, "What was checked"),
    element("ul", {}, ...checks.map((check) => element("li", {}, ...code(check)))),
    ranked,
    element("h4", {}, "Who proposed it"),
    element("p", {}, ...sourceOf(source)),
    element(
      "div",
      { class: "actions" },
      apply,
      ...(action.isPreferred ? [element("span", { class: "preferred" }, "Sure")] : []),
      never,
    ),
  );
}

function whyRanked(reasons: string): HTMLElement[] {
  if (!reasons) return [];
  const each = reasons.split(/[,;] /).map((reason) => element("li", {}, ...code(reason)));
  return [element("h4", {}, "Why it is ranked here"), element("ul", {}, ...each)];
}

function sourceOf(source: string): (string | HTMLElement)[] {
  const [kind = "", name = ""] = source.split(":");
  return [SOURCES[kind] ?? kind, ...(name ? [": ", element("code", {}, name)] : [])];
}

function told(problem: Diagnostic): HTMLElement {
  return element("p", { class: "problem" }, `Line ${problem.range.start.line + 1}: `, ...code(problem.message));
}

/** A text in which `backticks` mark code. */
function code(text: string): (string | HTMLElement)[] {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}
