// Monaco with the features that this page needs: what is not imported is not in the bundle.

import * as monaco from "monaco-editor/editor/editor.api.js";
import "monaco-editor/features/bracketMatching/register.js";
import "monaco-editor/features/caretOperations/register.js";
import "monaco-editor/features/clipboard/register.js";
import "monaco-editor/features/codeAction/register.js";
import "monaco-editor/features/codicon/register.js";
import "monaco-editor/features/comment/register.js";
import "monaco-editor/features/contextmenu/register.js";
import "monaco-editor/features/find/register.js";
import "monaco-editor/features/gotoError/register.js";
import "monaco-editor/features/hover/register.js";
import "monaco-editor/features/indentation/register.js";
import "monaco-editor/features/linesOperations/register.js";
import "monaco-editor/features/multicursor/register.js";
import "monaco-editor/features/quickCommand/register.js";
import "monaco-editor/features/wordOperations/register.js";
import "monaco-editor/languages/definitions/python/register.js";

declare global {
  interface Window {
    MonacoEnvironment?: monaco.Environment;
  }
}

window.MonacoEnvironment = { getWorker: () => new Worker("editor.worker.js") };

// The colours of the page, so that the editor is a part of it; `style.css` has the same.
monaco.editor.defineTheme("light", {
  base: "vs",
  inherit: true,
  rules: [],
  colors: {
    "editor.background": "#ffffff",
    "editorLineNumber.foreground": "#9aa1ab",
    "editorGutter.background": "#ffffff",
  },
});
monaco.editor.defineTheme("dark", {
  base: "vs-dark",
  inherit: true,
  rules: [],
  colors: {
    "editor.background": "#16191f",
    "editorLineNumber.foreground": "#5d6675",
    "editorGutter.background": "#16191f",
  },
});

export function createEditor(element: HTMLElement): monaco.editor.IStandaloneCodeEditor {
  return monaco.editor.create(element, {
    model: null,
    automaticLayout: true,
    fontSize: 14,
    folding: false,
    lineNumbersMinChars: 3,
    lineHeight: 22,
    lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.On },
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    padding: { top: 12, bottom: 12 },
    renderLineHighlight: "line",
    scrollBeyondLastLine: false,
    stickyScroll: { enabled: false },
    fixedOverflowWidgets: true,
    // People paste code of all languages: its letters are no warning here.
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
  });
}
