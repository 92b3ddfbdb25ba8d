// Serves the built page and starts the language server that it talks to: `node serve.mjs [PORT [COMMAND ...]]`.
// Only this machine can connect. PORT 0 takes a free one; COMMAND is `quickfix-ls` where it is not given.

import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { createInterface } from "node:readline";

const HOST = "127.0.0.1";
const SESSIONS = "8";
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".ttf": "font/ttf",
};

const [port = "8080", ...command] = process.argv.slice(2);
const files = await builtFiles(new URL("dist/", import.meta.url));
const server = await startLanguageServer(command.length ? command : ["quickfix-ls"]);
files.set("/server.json", { type: TYPES[".json"], body: JSON.stringify({ url: server.url }) });

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  // A server named in the address must run on this machine, too.
  "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
].join("; ");

createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", `http://${HOST}`);
  const file = files.get(pathname === "/" ? "/index.html" : pathname);
  const headers = {
    "Content-Security-Policy": policy,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  };
  response.writeHead(file ? 200 : 404, { ...headers, "Content-Type": file?.type ?? "text/plain" });
  response.end(file?.body ?? "not found");
})
  .on("error", (error) => stop(`can't serve the page at port ${port}: ${error.message}`))
  .listen(Number(port), HOST, function () {
    console.log(`Open http://${HOST}:${this.address().port}/`);
  });

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop());

/** All files of a folder by their paths in an address, read once: nothing else can be asked for. */
async function builtFiles(folder) {
  const names = await readdir(folder).catch(() => stop("the page is not built: npm run build"));
  const entries = names.map(async (name) => [
    `/${name}`,
    { type: TYPES[extname(name)], body: await readFile(new URL(name, folder)) },
  ]);
  return new Map(await Promise.all(entries));
}

/** Start the server of all sessions, and wait until it says where it listens. */
function startLanguageServer([program, ...words]) {
  const started = spawn(program, [...words, "serve", "--ws", `${HOST}:0`, "--sessions", SESSIONS], {
    stdio: ["ignore", "inherit", "pipe"],
  });
  started.on("error", (error) => stop(`can't start ${program} (${error.message}): pip install 'quickfix-ls[ws]'`));
  started.on("exit", (code) => stop(`the language server ended with exit code ${code}`));
  process.on("exit", () => started.kill());
  return new Promise((resolve) => {
    createInterface({ input: started.stderr }).on("line", (line) => {
      const url = /listening on (ws:\S+)/.exec(line)?.[1];
      if (url) resolve({ url });
      else console.error(line);
    });
  });
}

function stop(reason) {
  if (reason) console.error(reason);
  process.exit(reason ? 1 : 0);
}
