// A unified difference as people read it: without its heads, without blank lines beside others and the indentation that
// all lines share, and with the characters marked that differ.

import { element } from "./elements";

export function difference(preview: string): HTMLElement {
  const all = preview.split("\n").filter((line) => !line.startsWith("@@"));
  const written = all.filter((line) => line.slice(1).trim());
  const lines = written.length ? written : all;
  const shared = Math.min(...lines.filter((line) => line.slice(1).trim()).map((line) => line.slice(1).search(/\S/)));
  const bare = lines.map((line) => ({
    sign: line[0] ?? " ",
    text: line.slice(1 + (Number.isFinite(shared) ? shared : 0)),
  }));
  return element(
    "pre",
    { class: "difference" },
    ...bare.map((line, index) => differenceLine(line, counterpart(bare, index))),
  );
}

interface Line {
  sign: string;
  text: string;
}

/** The text that a line was, or has become: only where one line is replaced by one. */
function counterpart(lines: Line[], index: number): string | undefined {
  const removed = lines[index]?.sign === "-" ? index : index - 1;
  const signs = [removed - 1, removed, removed + 1, removed + 2].map((at) => lines[at]?.sign);
  if (signs[0] === "-" || signs[1] !== "-" || signs[2] !== "+" || signs[3] === "+") return undefined;
  return lines[removed === index ? index + 1 : removed]?.text;
}

const KINDS: Record<string, string> = { "+": "added", "-": "removed" };

function differenceLine({ sign, text }: Line, other: string | undefined): HTMLElement {
  const [start, end] = other === undefined ? [0, 0] : changed(text, other);
  const mark = end > start ? [element("mark", {}, text.slice(start, end))] : [];
  return element(
    "span",
    { class: KINDS[sign] ?? "same" },
    text.slice(0, start),
    ...mark,
    text.slice(end) || (text ? "" : " "),
  );
}

/** Where a text differs from another: behind what both begin with, before what both end with. */
function changed(text: string, other: string): [number, number] {
  const shorter = Math.min(text.length, other.length);
  let start = 0;
  while (start < shorter && text[start] === other[start]) start++;
  let common = 0;
  while (common < shorter - start && text.at(-1 - common) === other.at(-1 - common)) common++;
  return [start, text.length - common];
}
