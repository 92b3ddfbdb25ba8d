export interface Replacement {
  /** Offsets in UTF-16 units: the first one replaced, and the first one behind. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Returns a text after replacements that do not overlap, whose offsets are those of the text before. */
export function withReplacements(text: string, replacements: readonly Replacement[]): string {
  let after = "";
  let done = 0;
  for (const { start, end, text: inserted } of [...replacements].sort((a, b) => a.start - b.start)) {
    after += text.slice(done, start) + inserted;
    done = end;
  }
  return after + text.slice(done);
}
