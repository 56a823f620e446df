// Opens pages in Chromium and uses them as a reader would: with a mouse, with keys alone, on a phone, on
// paper, without scripts. Says what is wrong with them, and exits 1 if anything is.
//
//   node page.mjs PAGE.html … [--pictures FOLDER]

import { mkdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const given = process.argv.slice(2);
const at = given.indexOf("--pictures");
const pictures = at < 0 ? null : resolve(given.splice(at, 2)[1]);
if (pictures) mkdirSync(pictures, { recursive: true });

const LOOKS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 375, height: 740 }, colorScheme: "light", hasTouch: true, isMobile: true },
  print: { viewport: { width: 800, height: 1000 }, colorScheme: "light" },
};
const faults = [];
let figures = 0;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  for (const file of given) {
    for (const look of Object.keys(LOOKS)) await seen(file, look);
    await clicked(file);
    await keyed(file);
    await scriptless(file);
  }
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${given.length} pages, ${figures} figures, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

// Opens a page, and watches what it does that it must not.
async function open(file, look, more = {}) {
  const context = await browser.newContext({ ...LOOKS[look], ...more });
  const page = await context.newPage();
  const url = pathToFileURL(resolve(file)).href;
  const fault = (what) => faults.push(`${basename(file)} (${look}): ${what}`);
  page.on("console", (message) => fault(`console: ${message.text()}`));
  page.on("pageerror", (error) => fault(`error: ${error.message}`));
  page.on("dialog", (dialog) => { fault(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("popup", () => fault("a window was opened"));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) fault(`request: ${request.url()}`);
  });
  if (look === "print") await page.emulateMedia({ media: "print" });
  await page.goto(url);
  return { page, context, fault };
}

// What accessibility rules a page breaks.
async function broken(page, fault, when, isTouched = true) {
  await page.evaluate(axe);
  const found = await page.evaluate((isTouched) => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    // Nobody touches paper.
    rules: { "target-size": { enabled: isTouched } },
  }), isTouched);
  for (const violation of found.violations) {
    const places = violation.nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`);
    fault(`${when}: ${violation.id}: ${violation.help} (${violation.nodes.length}): ${places.join(" | ")}`);
  }
}

async function seen(file, look) {
  const { page, context, fault } = await open(file, look);
  await broken(page, fault, "at first", look !== "print");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (look !== "print" && wide > 0) fault(`it is ${wide} pixels wider than the window`);
  if (pictures) {
    const name = basename(file, ".html");
    await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: true });
  }
  const marked = page.locator(".prose a.figure, ul.loose a.figure");
  if (look !== "print" && (await marked.count()) > 0) {
    const best = page.locator("a.figure.clash, a.figure.doubt, a.figure.holds");
    const one = (await best.count()) > 0 ? best.first() : marked.first();
    await one.scrollIntoViewIfNeeded();
    await one.click();
    await broken(page, fault, "with a figure chosen");
    if (pictures) {
      const name = basename(file, ".html");
      await page.screenshot({ path: join(pictures, `${name}-${look}-chosen.png`) });
    }
  }
  await context.close();
}

// Every figure shows what is known of it, with its arithmetic, when it is clicked.
async function clicked(file) {
  const { page, context, fault } = await open(file, "light");
  const found = await page.evaluate(() => {
    const faults = [];
    const all = [...document.querySelectorAll("a.figure")];
    for (const link of document.querySelectorAll("a[href^='#']")) {
      const target = link.getAttribute("href").slice(1);
      if (!document.getElementById(target)) faults.push(`a link leads to ${target}, which is not there`);
    }
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    if (new Set(ids).size !== ids.length) faults.push("two parts have one id");
    for (const figure of all) {
      figure.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 }));
      const shown = [...document.querySelectorAll(".detail")].filter((part) => part.offsetParent);
      const wanted = figure.getAttribute("href").slice(1);
      if (shown.length !== 1 || shown[0].id !== wanted) {
        faults.push(`${figure.id} shows ${shown.map((part) => part.id)} and not ${wanted}`);
        continue;
      }
      const related = ["clash", "holds"].some((one) => figure.classList.contains(one));
      const states = shown[0].querySelector("h5 + .steps, .message, h5 a");
      if (related && !states) faults.push(`${figure.id} shows no arithmetic`);
    }
    return { faults, count: all.length };
  });
  figures += found.count;
  found.faults.forEach(fault);
  // Once with a real mouse.
  if (found.count > 0) {
    const figure = page.locator("a.figure").first();
    await figure.click();
    const part = page.locator("#" + (await figure.getAttribute("href")).slice(1));
    if (!(await part.isVisible())) fault("a click shows nothing");
  }
  await context.close();
}

// The tabulator reaches everything that can be used; Enter goes to what is known, Escape comes back.
async function keyed(file) {
  const { page, context, fault } = await open(file, "light");
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, summary, [tabindex='0']")];
    const usable = all.filter((one) => one.offsetParent && !one.closest("details:not([open]) > :not(summary)"));
    usable.forEach((one, number) => { one.dataset.wanted = String(number); });
    return usable.length;
  });
  const reached = new Set();
  for (let steps = 0; steps < wanted * 4 + 20; steps += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => {
      const one = document.activeElement;
      const part = one.matches("a.figure") && document.getElementById(one.getAttribute("href").slice(1));
      return {
        number: one.dataset?.wanted ?? null,
        id: one.id,
        isBody: one === document.body,
        shows: part ? Boolean(part.offsetParent) : null,
      };
    });
    if (now.isBody) break;
    if (now.shows === false) fault(`${now.id} has the focus and shows nothing`);
    if (now.number !== null) reached.add(now.number);
  }
  if (reached.size !== wanted) fault(`keys reach ${reached.size} of ${wanted} parts`);
  const figure = page.locator("a.figure").first();
  if (await figure.count()) {
    await figure.focus();
    const target = (await figure.getAttribute("href")).slice(1);
    await page.keyboard.press("Enter");
    const inside = await page.evaluate(() => document.activeElement.id);
    if (inside !== target) fault(`Enter goes to ${inside || "nothing"} and not to ${target}`);
    await page.keyboard.press("Escape");
    const back = await page.evaluate(() => document.activeElement.id);
    if (back !== (await figure.getAttribute("id"))) fault(`Escape goes to ${back || "nothing"}`);
    const open = await page.evaluate(() =>
      [...document.querySelectorAll(".detail")].filter((part) => part.offsetParent).length);
    if (open !== 0) fault("Escape leaves the figure shown");
  }
  await context.close();
}

// Without scripts a figure is a link to what is known of it.
async function scriptless(file) {
  const { page, context, fault } = await open(file, "light", { javaScriptEnabled: false });
  const figure = page.locator("a.figure").first();
  if (await figure.count()) {
    await figure.click();
    const part = page.locator("#" + (await figure.getAttribute("href")).slice(1));
    if (!(await part.isVisible())) fault("without scripts a click shows nothing");
  }
  await context.close();
}
