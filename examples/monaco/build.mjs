// Builds the page into dist/: `node build.mjs`. The broken files in the page are those of examples/.

import { build } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = `${here}dist`;
const examples = `${here}..`;

await rm(out, { recursive: true, force: true });
await mkdir(out);
await build({
  absWorkingDir: here,
  entryPoints: {
    page: "src/page.ts",
    style: "src/style.css",
    "editor.worker": "monaco-editor/editor/editor.worker.js",
  },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  loader: { ".ttf": "file" },
  logLevel: "warning",
});
await copyFile(`${here}src/index.html`, `${out}/index.html`);
await writeFile(`${out}/examples.json`, JSON.stringify(await brokenFiles()));

/** Each file's name, its docstring's first line, and its text. */
async function brokenFiles() {
  const names = (await readdir(examples)).filter((name) => name.endsWith(".py")).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${examples}/${name}`, "utf8");
      return { name, about: /^"""(.*?)(?:"""|$)/m.exec(text)?.[1] ?? "", text };
    }),
  );
}
