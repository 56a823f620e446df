// Uses the page on which one writes as a reporter would: types, pastes, drops documents, asks why, keeps claims,
// downloads; with a mouse, with keys alone, on a phone, on paper, without a network. Says what is wrong, and exits
// 1 if anything is.
//
//   node writing.mjs ADDRESS EXPECTED.json FOLDER
//
// ADDRESS is that of the page, EXPECTED.json what the command says of documents, FOLDER takes the downloads. Where
// PICTURES names a folder in the environment, pictures of the page go there.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.PICTURES ? resolve(process.env.PICTURES) : null;
if (pictures) mkdirSync(pictures, { recursive: true });
const [address, expectedFile, folder] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(expectedFile, "utf8"));

const LOOKS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 375, height: 740 }, colorScheme: "light", hasTouch: true, isMobile: true },
  print: { viewport: { width: 800, height: 1000 }, colorScheme: "light" },
};
const DRAFT = `Rents in the harbour district rose again.

Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year. The grant is $290 million over four years, or $72.5 million a year.

Of the 25 members, 12 voted for it and 9 against. Exports rose 20 percent to 600 tonnes, and imports fell from 40 people to 30 tonnes.
`;
const CLASH = "from 146,000 to 100,000 is a fall of 31.51 percent, not of 50 percent";
// What Word and Google Docs put on the clipboard, in short.
const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm;} --></style></head>
<body lang=EN-GB><!--StartFragment--><p class=MsoNormal><b>Rents</b><o:p></o:p></p>
<!--[if gte mso 9]><xml><o:Data>99 percent</o:Data></xml><![endif]-->
<p class=MsoNormal>Membership fell by <span style='mso-bidi-font-weight:normal'>50&nbsp;percent</span>, from 146,000 in 2019 to 100,000 last year.<o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Town</p></td><td><p class=MsoNormal>Rent</p></td></tr>
<tr><td><p class=MsoNormal>Ash</p></td><td><p class=MsoNormal>$510</p></td></tr></table><!--EndFragment--></body></html>`;
const DOCS = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span>Members</span></h2>
<p dir="ltr"><span>Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.</span></p>
<ul><li dir="ltr"><p dir="ltr"><span>12 voted for it</span></p></li></ul></b>`;

const faults = [];
let steps = 0;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  for (const look of Object.keys(LOOKS)) await step(`seen ${look}`, look, seen);
  await step("typed", "light", typed);
  await step("pasted", "light", pasted);
  await step("dropped", "light", dropped);
  await step("keyed", "light", keyed);
  await step("claimed", "light", claimed);
  await step("downloaded", "light", downloaded);
  await step("same", "light", same);
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${steps} uses of ${address.split("/").pop() || address}, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function step(name, look, use) {
  const { page, context, fault } = await open(name, look);
  try {
    await use(page, fault, look);
  } catch (error) {
    fault(`it cannot be used: ${error.stack ?? error.message}`);
  }
  await context.close();
  steps += 1;
}

// Opens the page, takes the network away, and watches what it does that it must not.
async function open(name, look) {
  const context = await browser.newContext({ ...LOOKS[look], acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  const fault = (what) => faults.push(`${name}: ${what}`);
  page.on("console", (message) => fault(`console: ${message.text()}`));
  page.on("pageerror", (error) => fault(`error: ${error.message}`));
  page.on("dialog", (dialog) => { fault(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("popup", () => fault("a window was opened"));
  let isLoaded = false;
  page.on("request", (request) => {
    const url = request.url();
    const isOwn = url.startsWith("blob:") || url.startsWith("data:") || (!isLoaded && url === address);
    if (!isOwn) fault(`request: ${url}`);
  });
  if (look === "print") await page.emulateMedia({ media: "print" });
  await page.goto(address);
  isLoaded = true;
  await context.setOffline(true);
  await page.waitForFunction(() => document.getElementById("legend").children.length > 0);
  return { page, context, fault };
}

// What accessibility rules the page breaks.
async function broken(page, fault, when, isTouched = true) {
  await page.evaluate(axe);
  const found = await page.evaluate((isTouched) => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "target-size": { enabled: isTouched } },
  }), isTouched);
  for (const violation of found.violations) {
    const places = violation.nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`);
    fault(`${when}: ${violation.id}: ${violation.help} (${violation.nodes.length}): ${places.join(" | ")}`);
  }
}

// Waits until what is written is checked.
async function checked(page) {
  await page.waitForFunction(() => (state.file ? state.view?.units[0]?.blocks.length > 0 : state.view && state.text === paper.text()));
}

async function write(page, text) {
  await page.evaluate((text) => setText(text, "txt"), text);
  await checked(page);
}

function messages(page) {
  return page.locator("#notes .message bdi").allInnerTexts();
}

async function picture(page, name, fullPage = true) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
}

async function seen(page, fault, look) {
  await broken(page, fault, "empty", look !== "print");
  await write(page, DRAFT);
  await broken(page, fault, "with a text", look !== "print");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (look !== "print" && wide > 0) fault(`it is ${wide} pixels wider than the window`);
  await picture(page, look);
  if (look === "print") return;
  await page.evaluate(() => choose(0));
  await page.locator("#panel .why").click();
  await page.locator("#panel .explained").waitFor();
  await broken(page, fault, "with a figure chosen");
  await picture(page, `${look}-chosen`, false);
  await page.evaluate(() => choose(null));
  await page.locator("#record").click();
  await page.locator("#claim-rows tr").first().waitFor();
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await broken(page, fault, "with claims and all that is folded");
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wider > 0) fault(`with claims it is ${wider} pixels wider than the window`);
  await picture(page, `${look}-claims`);
}

// Figures are marked as one types, and findings come and go with the words.
async function typed(page, fault) {
  await page.locator("#text").click();
  await page.keyboard.type("A smiling \u{1f600} start.", { delay: 1 });
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.");
  await page.locator("#notes .message").first().waitFor();
  await checked(page);
  if ((await messages(page))[0] !== CLASH) fault(`it says ${await messages(page)}`);
  const marked = await page.evaluate(() => [...CSS.highlights.get("clash")].map((range) => range.toString()));
  if (!marked.includes("50 percent")) fault(`it marks ${marked}`);
  const heights = await page.evaluate(() => {
    const note = document.querySelector("#notes li").getBoundingClientRect().top;
    const figure = [...CSS.highlights.get("clash")][0].getBoundingClientRect().top;
    return Math.abs(note - figure);
  });
  if (heights > 30) fault(`the note stands ${heights} pixels from its figure`);
  // Behind "50", one more digit of another figure: the marks move with the words.
  await page.evaluate(() => paper.go([paper.text().indexOf("50 percent"), paper.text().indexOf("50 percent") + 2]));
  await page.keyboard.type("32");
  await page.waitForFunction(() => document.querySelectorAll("#notes li").length === 0);
  // The two keys are one step of the browser's or two.
  const isBack = async () => (await page.evaluate(() => paper.text())).includes("fell by 50 percent");
  for (let times = 0; times < 2 && !(await isBack()); times += 1) await page.keyboard.press("Control+z");
  await checked(page);
  if (!(await isBack())) fault("what was typed cannot be undone");
  await page.locator("#notes .message").first().waitFor();
  // A click on a figure shows what is known of it; why nothing is said, at another.
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" It has 7 boats.");
  await checked(page);
  await page.evaluate(() => paper.go([paper.text().indexOf("7 boats") + 1, paper.text().indexOf("7 boats") + 1]));
  await page.locator("#panel h3", { hasText: "7" }).waitFor();
  await page.locator("#panel .why").click();
  const said = await page.locator("#panel .explained").innerText();
  if (!said.includes("It has 7 boats.") || !said.includes("Nothing is reported")) fault(`it explains: ${said}`);
  // The day of publication decides what is said.
  await write(page, "The vote is on Friday, 5 August 2025.");
  await page.locator("#published").fill("2025-08-01");
  await page.waitForFunction(() => document.querySelectorAll("#notes li").length > 0);
}

async function paste(page, html, plain) {
  await page.evaluate(([html, plain]) => {
    setText("", "txt");
    paper.field.focus();
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", plain);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    if (paper.field.dispatchEvent(event)) document.execCommand("insertText", false, plain);
  }, [html, plain]);
  await page.waitForFunction(() => paper.text().includes("Membership fell"));
  await checked(page);
  return page.evaluate(() => paper.text());
}

async function pasted(page, fault) {
  for (const [name, html] of [["plain", null], ["Word", WORD], ["Google Docs", DOCS]]) {
    const text = await paste(page, html, "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.");
    const said = await messages(page);
    if (said.length !== 1 || said[0] !== CLASH) fault(`pasted from ${name}, it says ${said}`);
    if (text.includes("<") || text.includes("99")) fault(`pasted from ${name}, it reads ${text}`);
    if (name === "Word" && !text.includes("| Ash | $510 |")) fault(`the table is lost: ${text}`);
    if (name === "Google Docs" && !text.includes("## Members")) fault(`the heading is lost: ${text}`);
    const format = await page.locator("#format").inputValue();
    if (format !== (html ? "md" : "txt")) fault(`pasted from ${name}, it is read as ${format}`);
  }
}

async function drop(page, path) {
  const bytes = readFileSync(path).toString("base64");
  await page.evaluate(([name, bytes]) => {
    const file = new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name);
    const data = new DataTransfer();
    data.items.add(file);
    document.body.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [basename(path), bytes]);
}

// A document of each format shows its findings, each beside its words; it can be edited as text.
async function dropped(page, fault) {
  const formats = new Set();
  for (const { path, findings } of expected.documents) {
    const ending = path.split(".").pop();
    if (formats.has(ending)) continue;
    formats.add(ending);
    await page.evaluate(() => { setText("", "txt"); state.view = null; });
    await drop(page, path);
    await page.waitForFunction(() => state.view && (state.file || paper.text()) && state.unit);
    await checked(page);
    const said = (await messages(page)).sort();
    if (said.join("\n") !== findings.map(([, message]) => message).sort().join("\n")) {
      fault(`${basename(path)} dropped: ${said.length} findings, not ${findings.length}`);
    }
    if (!["docx", "odt", "html"].includes(ending)) continue;
    await broken(page, fault, `${ending} dropped`);
    const figure = page.locator("#page .figure").first();
    await figure.click();
    if (!(await page.locator("#panel").isVisible())) fault(`${ending}: a click on a figure shows nothing`);
    await picture(page, `dropped-${ending}`);
    await page.locator("#edit").click();
    await page.waitForFunction(() => !state.file && paper.text().length > 20);
    await checked(page);
    const edited = (await messages(page)).sort();
    if (edited.join("\n") !== said.join("\n")) fault(`${basename(path)} as text: ${edited} and not ${said}`);
  }
  for (const wanted of ["docx", "odt", "html", "md", "txt"]) {
    if (!formats.has(wanted)) fault(`no .${wanted} was dropped`);
  }
  // What is not read is refused in words, and nothing is lost.
  await write(page, DRAFT);
  const path = join(folder, "draft.pdf");
  writeFileSync(path, "%PDF-1.7\n");
  await drop(page, path);
  await page.locator("#trouble", { hasText: "PDF" }).waitFor();
  if (!(await page.evaluate(() => paper.text())).includes("Membership")) fault("a file that is refused costs the text");
}

// Keys alone: through the findings, into what is known of a figure and back, and to every control.
async function keyed(page, fault) {
  await write(page, DRAFT);
  await page.locator("#text").focus();
  await page.keyboard.press("F8");
  const chosen = await page.evaluate(() => document.getSelection().toString());
  if (chosen !== "50 percent") fault(`F8 goes to ${chosen || "nothing"}`);
  await page.locator("#panel").waitFor();
  await page.keyboard.press("Control+Enter");
  if (!(await page.evaluate(() => document.activeElement.id === "panel"))) fault("Control and Enter go nowhere");
  await page.keyboard.press("Escape");
  const back = await page.evaluate(() => [document.activeElement.id, document.getElementById("panel").hidden]);
  if (back[0] !== "text" || !back[1]) fault(`Escape goes to ${back}`);
  await page.evaluate(() => document.activeElement.blur());
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']")];
    const usable = all.filter((one) => one.offsetParent && one.tabIndex >= 0 && !one.disabled
      && !one.closest("details:not([open]) > :not(summary)") && !one.matches(".skip"));
    usable.forEach((one, number) => { one.dataset.wanted = String(number); });
    return usable.length;
  });
  const reached = new Set();
  for (let times = 0; times < wanted * 4 + 20; times += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => document.activeElement.dataset?.wanted ?? null);
    if (now !== null) reached.add(now);
  }
  if (reached.size !== wanted) fault(`keys reach ${reached.size} of ${wanted} parts`);
}

// Figures become claims; an edit of the text is told; what is known of a claim is written into the file.
async function claimed(page, fault) {
  await write(page, DRAFT);
  await page.locator("#record").click();
  await page.locator("#claim-rows tr").first().waitFor();
  const rows = await page.locator("#claim-rows tr").count();
  if (rows < 5) fault(`there are ${rows} claims`);
  const source = page.locator("#claim-rows tr").first().locator("input").first();
  await source.fill('The annual "report"');
  await source.blur();
  await page.waitForFunction(() => state.claims.includes("annual"));
  await page.locator("#claim-rows tr").first().locator("input").nth(1).fill("https://example.org/a");
  await page.locator("#claim-rows tr").first().locator("input").nth(1).blur();
  await page.waitForFunction(() => state.claims.includes("https://example.org/a"));
  await page.locator("#claim-rows tr").first().locator("select").selectOption("verified");
  await page.waitForFunction(() => state.claims.includes('"verified"'));
  await write(page, DRAFT.replace("146,000", "150,000"));
  await page.waitForFunction(() => [...document.querySelectorAll("#notes .message")].some((one) => one.textContent.includes("150,000")));
  const states = await page.locator("#claim-rows").innerText();
  if (!states.includes("figure changed")) fault(`the claims say ${states}`);
}

async function download(page, id) {
  const [saved] = await Promise.all([page.waitForEvent("download"), page.locator(`#${id}`).click()]);
  const path = join(folder, saved.suggestedFilename());
  await saved.saveAs(path);
  return path;
}

async function downloaded(page, fault) {
  const word = expected.documents.find(({ path, findings }) => path.endsWith(".docx") && findings.length);
  await drop(page, word.path);
  await page.waitForFunction(() => state.file && state.unit?.blocks.length);
  const copy = await download(page, "save-copy");
  if (!readFileSync(copy).includes("word/comments.xml")) fault("the copy of a Word document has no comments");
  const report = readFileSync(await download(page, "save-report"), "utf8");
  if (!report.startsWith("<!doctype html>") || !report.includes(word.findings[0][0])) fault("the report does not say what was found");
  await write(page, DRAFT);
  if (readFileSync(await download(page, "save-text"), "utf8") !== DRAFT) fault("the text is another one");
  if (!readFileSync(await download(page, "save-copy"), "utf8").includes("31.51 percent")) fault("the copy has no comments");
  await page.locator("#record").click();
  await page.locator("#save-claims").click({ trial: true });
  const claims = readFileSync(await download(page, "save-claims"), "utf8");
  if (!claims.includes('value') || !claims.includes("146,000")) fault("the claims are not those of the text");
}

// What the command says of every document, the page says.
async function same(page, fault) {
  let count = 0;
  for (const { path, claims, findings } of expected.documents) {
    const given = { name: basename(path), bytes: readFileSync(path).toString("base64"), claims: claims ?? "" };
    const said = await page.evaluate(async ({ name, bytes, claims }) => {
      const file = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      const report = JSON.parse(await checker.ask("check", { draft: { name, file, claims, published: "", today: "" } }));
      return report.findings.map(({ rule, message, severity, steps }) => [rule, message, severity, steps]);
    }, given);
    if (JSON.stringify(said) !== JSON.stringify(findings)) {
      fault(`${path}: ${JSON.stringify(said).slice(0, 400)} and not ${JSON.stringify(findings).slice(0, 400)}`);
    }
    count += said.length;
  }
  if (count < 20) fault(`only ${count} findings were compared`);
}
