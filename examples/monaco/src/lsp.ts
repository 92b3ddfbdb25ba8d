// The messages of the Language Server Protocol that this client uses, and how they become Monaco's values.
// A column of Monaco and a character of LSP both count UTF-16 code units, so positions differ only by one.

import * as monaco from "monaco-editor/editor/editor.api.js";

export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

export interface Diagnostic {
  range: Range;
  message: string;
  severity?: number;
  code?: string | number;
  source?: string;
  data?: unknown;
}

export interface Command {
  title: string;
  command: string;
  arguments?: unknown[];
}

interface TextEdit {
  range: Range;
  newText: string;
}

/** Only the form with document versions: this client declares that it takes it. */
export interface WorkspaceEdit {
  documentChanges?: { textDocument: { uri: string; version: number | null }; edits: TextEdit[] }[];
}

/** What quickfix-ls tells of a fix: who proposed it, what was checked, how likely it is right, and a diff. */
export interface Evidence {
  id: string;
  source: string;
  checks: string[];
  probability: number;
  preview: string;
  /** The titles of the fixes that one action makes together. */
  fixes: string[];
}

export interface CodeAction {
  title: string;
  kind?: string;
  diagnostics?: Diagnostic[];
  isPreferred?: boolean;
  disabled?: { reason: string };
  edit?: WorkspaceEdit;
  command?: Command;
  data?: Partial<Evidence>;
}

// LSP counts severities from error (1) to hint (4).
const SEVERITIES = [
  monaco.MarkerSeverity.Error,
  monaco.MarkerSeverity.Warning,
  monaco.MarkerSeverity.Info,
  monaco.MarkerSeverity.Hint,
];

export function toMonacoRange({ start, end }: Range): monaco.IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
}

export function toLspRange(range: monaco.IRange): Range {
  return {
    start: { line: range.startLineNumber - 1, character: range.startColumn - 1 },
    end: { line: range.endLineNumber - 1, character: range.endColumn - 1 },
  };
}

export function toMarker(diagnostic: Diagnostic): monaco.editor.IMarkerData {
  return {
    ...toMonacoRange(diagnostic.range),
    message: diagnostic.message,
    severity: SEVERITIES[(diagnostic.severity ?? 1) - 1] ?? monaco.MarkerSeverity.Error,
    code: diagnostic.code === undefined ? undefined : String(diagnostic.code),
    source: diagnostic.source,
  };
}

export function toDiagnostic(marker: monaco.editor.IMarkerData): Diagnostic {
  return {
    range: toLspRange(marker),
    message: marker.message,
    severity: SEVERITIES.indexOf(marker.severity) + 1,
    code: typeof marker.code === "object" ? marker.code.value : marker.code,
    source: marker.source,
  };
}

/** The version that the server names is kept, so that Monaco refuses an edit of a text that has changed meanwhile. */
export function toMonacoEdit(edit: WorkspaceEdit): monaco.languages.WorkspaceEdit {
  const edits = (edit.documentChanges ?? []).flatMap(({ textDocument, edits }) =>
    edits.map(({ range, newText }) => ({
      resource: monaco.Uri.parse(textDocument.uri),
      versionId: textDocument.version ?? undefined,
      textEdit: { range: toMonacoRange(range), text: newText },
    })),
  );
  return { edits };
}
