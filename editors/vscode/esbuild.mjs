// Bundles the extension into dist/extension.js; with --tests, each test with what it imports into dist/test.
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const isForTests = process.argv.includes("--tests");

await build({
  entryPoints: isForTests ? testFiles() : ["src/extension.ts"],
  outdir: isForTests ? "dist/test" : "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: !isForTests,
  logLevel: "warning",
});

function testFiles() {
  return readdirSync("test")
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${name}`);
}
