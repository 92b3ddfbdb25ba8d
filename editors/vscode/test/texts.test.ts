import assert from "node:assert/strict";
import { test } from "node:test";
import { pathWithSuffix } from "../src/documents";
import { isShown } from "../src/notifications";
import { statusText } from "../src/status_text";

test("a message is shown from the level of the setting on", () => {
  const shown = (setting: Parameters<typeof isShown>[1]) => [1, 2, 3].map((type) => isShown(type, setting));
  assert.deepEqual(shown("off"), [false, false, false]);
  assert.deepEqual(shown("onError"), [true, false, false]);
  assert.deepEqual(shown("onWarning"), [true, true, false]);
  assert.deepEqual(shown("always"), [true, true, true]);
});

test("the status tells the model and the tokens spent", () => {
  const status = { state: "ready", detail: "", model: "qwen", tokensToday: 12345, tokensLimit: 500000 } as const;
  assert.deepEqual(statusText(status), {
    text: "Quickfix",
    detail: "model qwen · 12,345 of 500,000 tokens today",
    busy: false,
  });
  const indexing = { state: "indexing", detail: "3 of 9 packages", model: null, tokensToday: null, tokensLimit: null };
  assert.deepEqual(statusText({ ...indexing, state: "indexing" }), {
    text: "Quickfix: indexing",
    detail: "3 of 9 packages",
    busy: true,
  });
});

test("a path tells the language of its text", () => {
  assert.equal(pathWithSuffix("/work/a.py", "python"), "/work/a.py");
  assert.equal(pathWithSuffix("/work/a.ipynb", "python"), "/work/a.ipynb.py");
  assert.equal(pathWithSuffix("/work/a.sql", "jinja-sql"), "/work/a.sql");
  assert.equal(pathWithSuffix("Untitled-1", "sql"), "Untitled-1.sql");
});
