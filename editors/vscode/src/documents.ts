// Which documents the server takes, by VS Code's names for their languages.

/** Files and untitled documents; dbt's extension calls its models `jinja-sql`. */
export const LANGUAGES = ["python", "sql", "jinja-sql"];

/** Cells of notebooks. */
export const CELLS = [{ notebook: { notebookType: "jupyter-notebook" }, language: "python" }];

const SUFFIXES: Readonly<Record<string, string>> = { python: ".py" };

/** Returns a path whose suffix tells the language: a cell's and an untitled document's have none, or another one's. */
export function pathWithSuffix(path: string, languageId: string): string {
  const suffix = SUFFIXES[languageId] ?? ".sql";
  return path.endsWith(suffix) ? path : `${path}${suffix}`;
}
