// Lets a test look at VS Code from inside: POST the body of an async function of (vscode, argument) as
// {"source": ..., "argument": ...}, and its value comes back as JSON. The port is written to the file that
// TESTED_EYES names.
const fs = require("fs");
const http = require("http");
const vscode = require("vscode");

const AsyncFunction = (async () => {}).constructor;

async function answer(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { source, argument } = JSON.parse(Buffer.concat(chunks).toString());
  try {
    return { value: (await new AsyncFunction("vscode", "argument", source)(vscode, argument)) ?? null };
  } catch (error) {
    return { error: String(error.stack ?? error) };
  }
}

exports.activate = (context) => {
  const server = http.createServer(async (request, response) => response.end(JSON.stringify(await answer(request))));
  server.listen(0, "127.0.0.1", () => fs.writeFileSync(process.env.TESTED_EYES, String(server.address().port)));
  context.subscriptions.push({ dispose: () => server.close() });
};
