import assert from "node:assert/strict";
import { test } from "node:test";
import { firstUsable, isNewEnough, namesOnPath, probe, readAnswer } from "../src/interpreter";

test("an interpreter tells its version and where it is", () => {
  assert.deepEqual(readAnswer("3 12 /home/me/my python/bin/python3\n"), {
    path: "/home/me/my python/bin/python3",
    version: [3, 12],
  });
  assert.equal(readAnswer("Python was not found; run without arguments to install"), undefined);
});

test("3.10 is the oldest that serves", () => {
  const version = (major: number, minor: number) => isNewEnough({ path: "", version: [major, minor] });
  assert.deepEqual(
    [version(2, 7), version(3, 9), version(3, 10), version(3, 15), version(4, 0)],
    [false, false, true, true, true],
  );
});

test("a program that is not Python is refused with its name, and the next one is taken", async () => {
  const refused: string[] = [];
  const found = await firstUsable(["/nowhere/python", process.execPath, ...namesOnPath(process.platform)], (reason) =>
    refused.push(reason),
  );
  assert.ok(found && isNewEnough(found));
  assert.deepEqual(refused.slice(0, 2), ["/nowhere/python does not run", `${process.execPath} does not run`]);
  assert.deepEqual(await probe(found.path), found);
});
