// Light or dark: as the system is, until the person at the page chooses.

import * as monaco from "monaco-editor/editor/editor.api.js";

type Theme = "light" | "dark";
const KEY = "theme";

export function followTheme(button: HTMLElement): void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const current = (): Theme => (localStorage.getItem(KEY) as Theme | null) ?? (system.matches ? "dark" : "light");
  const show = () => {
    document.documentElement.dataset.theme = current();
    monaco.editor.setTheme(current());
    button.textContent = current() === "dark" ? "Light" : "Dark";
  };
  button.onclick = () => {
    localStorage.setItem(KEY, current() === "dark" ? "light" : "dark");
    show();
  };
  system.addEventListener("change", show);
  show();
}
