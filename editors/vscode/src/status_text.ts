// What the status item says.

/** The server's notification `quickfix-ls/status`. */
export interface ServerStatus {
  readonly state: "starting" | "ready" | "indexing" | "paused";
  readonly detail: string;
  readonly model: string | null;
  readonly tokensToday: number | null;
  readonly tokensLimit: number | null;
}

/** What is known of a server that has said nothing of itself. */
export const QUIET: ServerStatus = { state: "starting", detail: "", model: null, tokensToday: null, tokensLimit: null };

const WORDS: Record<ServerStatus["state"], string> = {
  starting: "Quickfix: starting",
  ready: "Quickfix",
  indexing: "Quickfix: indexing",
  paused: "Quickfix: paused",
};

export function statusText({ state, detail, model, tokensToday, tokensLimit }: ServerStatus) {
  const parts = [detail, model ? `model ${model}` : "", tokens(tokensToday, tokensLimit)];
  return {
    text: WORDS[state] ?? "Quickfix",
    detail: parts.filter(Boolean).join(" · "),
    busy: state === "starting" || state === "indexing",
  };
}

function tokens(today: number | null, limit: number | null): string {
  if (today === null) {
    return "";
  }
  const number = (value: number) => value.toLocaleString("en");
  return `${number(today)}${limit === null ? "" : ` of ${number(limit)}`} tokens today`;
}
