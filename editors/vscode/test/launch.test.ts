import assert from "node:assert/strict";
import { test } from "node:test";
import { fromInterpreter, fromProgram, planServers } from "../src/launch";

const python = (path: string) =>
  fromInterpreter({ path, version: [3, 12] }, "/ext", "/ext/bundled/libs", ["--x"], "the bundle");

test("the bundled server is started by a script, which gets the folder of its packages", () => {
  const { command, args } = python("/usr/bin/python3");
  assert.equal(command, "/usr/bin/python3");
  assert.deepEqual(args, ["-E", "/ext/bundled/start_server.py", "/ext/bundled/libs", "serve", "--x"]);
});

test("a program of the user is started by itself", () => {
  assert.deepEqual(fromProgram("/opt/quickfix-ls", []).args, ["serve"]);
});

test("folders with one interpreter share a server", () => {
  const launch = python("/usr/bin/python3");
  assert.deepEqual(
    planServers(
      [
        ["a", launch],
        ["b", python("/usr/bin/python3")],
      ],
      launch,
    ),
    [{ launch, folder: undefined }],
  );
});

test("folders with different interpreters have a server each", () => {
  const [first, second] = [python("/a/.venv/bin/python"), python("/b/.venv/bin/python")];
  assert.deepEqual(
    planServers(
      [
        ["a", first],
        ["b", second],
      ],
      first,
    ),
    [
      { launch: first, folder: "a" },
      { launch: second, folder: "b" },
    ],
  );
});

test("without a folder there is one server", () => {
  const launch = python("/usr/bin/python3");
  assert.deepEqual(planServers([], launch), [{ launch, folder: undefined }]);
});
