import assert from "node:assert/strict";
import { test } from "node:test";
import { installationSteps } from "../src/installation";

const wanted = { folder: "/s", interpreter: "/usr/bin/python3", uv: "", wheels: "", version: "1.2.3" };
const lines = (steps: ReturnType<typeof installationSteps>) =>
  steps.map(({ command, args }) => [command, ...args].join(" "));

test("venv and pip install the version of the extension", () => {
  assert.deepEqual(lines(installationSteps(wanted, "linux")), [
    "/usr/bin/python3 -m venv /s",
    "/s/bin/python -m pip install --disable-pip-version-check --no-input quickfix-ls==1.2.3",
  ]);
});

test("uv does it where it is found, and a folder of wheels takes the place of the network", () => {
  assert.deepEqual(lines(installationSteps({ ...wanted, uv: "uv", wheels: "/wheels" }, "linux")), [
    "uv venv --python /usr/bin/python3 /s",
    "uv pip install --python /s/bin/python --no-index --find-links /wheels quickfix-ls==1.2.3",
  ]);
});
