// Drives the page in Chromium as a person does: `node drive.mjs SCENARIO` reads what the scenario needs as JSON from
// standard input, and writes as JSON what it saw to standard output. `tests/e2e/test_monaco.py` runs it.

import { chromium } from "playwright-core";
import { readdirSync, readFileSync } from "node:fs";

const MENU_ENTRY = ".action-widget .monaco-list-row.action";
const BOUND = 60_000;

const given = JSON.parse(readFileSync(0, "utf8"));
const scenarios = { fix, example, reloads, tabs, killed, stale, yourOwn, picture, menuTimes };

const browser = await chromium.launch({ executablePath: given.chromium, args: ["--no-sandbox"] });
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 } });
  context.setDefaultTimeout(BOUND);
  const errors = [];
  context.on("weberror", (error) => errors.push(error.error().stack));
  context.on("request", (request) => {
    // The page must work without a network.
    if (!/^(data:|\w+:\/\/127\.0\.0\.1:)/.test(request.url())) errors.push(`asked for ${request.url()}`);
  });
  const seen = await scenarios[process.argv[2]](context, given);
  console.log(JSON.stringify({ ...seen, errors }));
} finally {
  await browser.close();
}

// -- the scenarios -------------------------------------------------------------------------------------------

/** A case of the acceptance tests: the first entry of the menu, then one undo. */
async function fix(context, { url, text, line, column, beside, lineEnds }) {
  const page = await openPage(context, beside ? `${url}?beside=${encodeURIComponent(beside)}` : url);
  await openText(page, text, line, column);
  if (beside) await page.waitForFunction(() => monaco.editor.getModelMarkers({ owner: "beside" }).length > 0);
  if (lineEnds)
    await page.evaluate((lineEnds) => editor.getModel().setEOL(monaco.editor.EndOfLineSequence[lineEnds]), lineEnds);
  await page.waitForSelector("#panel article");
  const before = await textOf(page);
  const title = await takeFirstFix(page);
  const fixed = await textChangedFrom(page, before);
  await page.keyboard.press("Control+z");
  const undone = await textChangedFrom(page, fixed);
  return { title, fixed, undone, markers: await markers(page) };
}

/** One of the page's own files, mended by the button in the panel, and undone. */
async function example(context, { url, name }) {
  const page = await openPage(context, `${url}#${name}`);
  await page.waitForSelector("#panel article");
  const before = await textOf(page);
  const shown = {
    title: await page.textContent("#panel article h3"),
    checks: await page.locator("#panel article ul").first().locator("li").allTextContents(),
    probability: await page.textContent("#panel .probability"),
  };
  await page.click("#panel article .primary");
  const fixed = await textChangedFrom(page, before);
  const applied = await page.textContent("#panel .applied");
  await page.keyboard.press("Control+z");
  const undone = await textChangedFrom(page, fixed);
  return { ...shown, before, fixed, undone, applied };
}

/** The page loaded again and again, more often than there are sessions at once. */
async function reloads(context, { url, times }) {
  const page = await openPage(context, url);
  for (let time = 0; time < times; time++) {
    await page.waitForSelector("#panel article");
    await page.reload();
  }
  await page.waitForSelector("#panel article");
  return { sessions: sessions(given.server).length };
}

/** Two tabs with texts of their own under the same name. */
async function tabs(context, { url, texts }) {
  const pages = await Promise.all(texts.map(() => openPage(context, url)));
  const titles = [];
  for (const [index, page] of pages.entries()) {
    await page.bringToFront();
    await openText(page, texts[index], 0, 0);
    titles.push(await page.textContent("#panel article h3"));
  }
  return { titles, sessions: sessions(given.server).length };
}

/** The server of a session is killed: the page says so, and has another. */
async function killed(context, { url, server }) {
  const page = await openPage(context, url);
  await page.waitForSelector("#panel article");
  await page.click("#panel article .primary");
  await page.waitForSelector("#panel .applied");
  for (const session of sessions(server)) process.kill(session, "SIGKILL");
  await page.waitForSelector('#connection[data-state="lost"]');
  await page.keyboard.press("Control+z");
  await page.waitForSelector('#connection[data-state="ready"]');
  await page.waitForSelector("#panel article");
  return { title: await page.textContent("#panel article h3") };
}

/** The text changes while the chosen fix is under way, since the server is held for a moment. */
async function stale(context, { url, text, line, column, inserted, server }) {
  const page = await openPage(context, url);
  await openText(page, text, line, column);
  await page.waitForSelector("#panel article");
  await page.keyboard.press("Control+.");
  await page.waitForSelector(MENU_ENTRY);
  const [session] = sessions(server);
  process.kill(session, "SIGSTOP");
  await page.keyboard.press("Enter");
  await page.waitForSelector(MENU_ENTRY, { state: "detached" });
  await page.evaluate(
    (inserted) => editor.executeEdits("test", [{ range: new monaco.Range(1, 1, 1, 1), text: inserted }]),
    inserted,
  );
  process.kill(session, "SIGCONT");
  // The answer comes before the fixes of the new text do.
  await page.waitForFunction(
    () => !document.querySelector("#panel[data-stale]") && document.querySelector("#panel article"),
  );
  return { text: await textOf(page) };
}

/** What is typed into the empty file, key by key, and what is offered for it. */
async function yourOwn(context, { url, typed }) {
  const page = await openPage(context, `${url}#your_own_code.py`);
  await page.click("#editor .view-lines");
  await page.keyboard.type(typed, { delay: 5 });
  await page.waitForSelector("#panel article");
  const titles = await page.locator("#panel article h3").allTextContents();
  return { text: await textOf(page), titles };
}

/** A picture of the page for the documents. */
async function picture(context, { url, name, file }) {
  const page = await openPage(context, `${url}#${name}`);
  await page.waitForSelector("#panel article");
  await page.keyboard.press("Control+.");
  await page.waitForSelector(MENU_ENTRY);
  await page.screenshot({ path: file, animations: "disabled" });
  return {};
}

/** The milliseconds from the key to the frame that shows the menu, measured in the page. */
async function menuTimes(context, { url, text: code, line, column, times }) {
  const page = await openPage(context, url);
  await openText(page, code, line, column);
  await page.waitForSelector("#panel article");
  const taken = [];
  for (let time = 0; time < times; time++) {
    await page.evaluate((entry) => {
      document.addEventListener(
        "keydown",
        () => {
          const since = performance.now();
          const look = () => {
            if (document.querySelector(entry)) window.menuTook = performance.now() - since;
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        },
        { once: true, capture: true },
      );
      window.menuTook = 0;
    }, MENU_ENTRY);
    await page.keyboard.press("Control+.");
    taken.push(await (await page.waitForFunction(() => window.menuTook)).jsonValue());
    await page.keyboard.press("Escape");
    await page.waitForSelector(MENU_ENTRY, { state: "detached" });
  }
  return { taken };
}

// -- the steps -----------------------------------------------------------------------------------------------

async function openPage(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector('#connection[data-state="ready"]');
  return page;
}

/** Open a text as a file of its own, with the cursor at a 0-based place in UTF-16, and wait for what is wrong in it. */
async function openText(page, code, line, column) {
  await page.evaluate(
    ([code, line, column]) => {
      const uri = monaco.Uri.from({ scheme: "untitled", path: "broken.py" });
      editor.setModel(monaco.editor.createModel(code, "python", uri));
      editor.setPosition({ lineNumber: line + 1, column: column + 1 });
      editor.revealLineInCenter(line + 1);
      editor.focus();
    },
    [code, line, column],
  );
  await page.waitForFunction(() => monaco.editor.getModelMarkers({ resource: editor.getModel().uri }).length > 0);
}

async function takeFirstFix(page) {
  await page.keyboard.press("Control+.");
  const first = page.locator(MENU_ENTRY).first();
  const title = await first.textContent();
  await page.keyboard.press("Enter");
  return title;
}

/** The text with the line ends that it has. */
function textOf(page) {
  return page.evaluate(() => editor.getModel().getValue());
}

async function textChangedFrom(page, before) {
  await page.waitForFunction((before) => editor.getModel().getValue() !== before, before);
  return textOf(page);
}

function markers(page) {
  return page.evaluate(() =>
    monaco.editor
      .getModelMarkers({ resource: editor.getModel().uri })
      .map(({ owner, message }) => `${owner}: ${message}`),
  );
}

/** The processes of the sessions of a server that runs; Linux tells them. */
function sessions(server) {
  const children = (pid) =>
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && parent(name) === pid)
      .map(Number);
  return children(children(server)[0]);
}

function parent(pid) {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return 0;
  }
}
