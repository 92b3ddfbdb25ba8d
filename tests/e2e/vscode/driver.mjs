// A browser page that obeys lines on standard input: [command, ...arguments], JSON. It answers each with one line:
// {"value": ...} or {"error": "..."}, and after an error there is a picture. Usage: node driver.mjs PLAYWRIGHT CHROMIUM PNG
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [playwright, executablePath, pictureOfError] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(playwright).href);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ viewport: { width: 1100, height: 700 } });
let page = await context.newPage();

const commands = {
  goto: (url) => page.goto(url, { waitUntil: "commit", timeout: 90_000 }).then(() => null),
  press: (keys) => page.keyboard.press(keys),
  type: (text, delay) => page.keyboard.type(text, { delay }),
  // Keys with pauses in milliseconds between them, without a round trip to the test.
  sequence: async (steps) => {
    for (const step of steps) await (typeof step === "number" ? page.waitForTimeout(step) : page.keyboard.press(step));
  },
  click: (selector, options) => page.click(selector, options),
  hover: (selector) => page.hover(selector),
  run: (source, argument) => page.evaluate(`(${source})(${JSON.stringify(argument ?? null)})`),
  until: async (source, argument, timeout) => {
    const expression = `(${source})(${JSON.stringify(argument ?? null)})`;
    const seen = await page.waitForFunction(expression, null, { timeout, polling: 20 });
    return seen.jsonValue();
  },
  picture: (path, clip) => page.screenshot({ path, clip: clip ?? undefined }).then(() => null),
  size: (width, height) => page.setViewportSize({ width, height }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...parameters] = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await commands[command](...parameters)) ?? null };
  } catch (error) {
    await page.screenshot({ path: pictureOfError });
    answer = { error: `${error}; the page then: ${pictureOfError}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
