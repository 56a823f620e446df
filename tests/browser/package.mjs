// Packs the npm package and uses it as others do: installed in a folder of its own, in Node.js, typed, and bundled
// for a browser. Says what is wrong, and exits 1 if anything is.
//
//   node package.mjs EXPECTED.json FOLDER

import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";
import { chromium } from "playwright-core";
import { build } from "vite";

const [expectedFile, folder] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(expectedFile, "utf8"));
const own = fileURLToPath(new URL("../../bindings/web/package", import.meta.url));
const bin = fileURLToPath(new URL("node_modules/.bin", import.meta.url));
const npm = (...all) => execFileSync("npm", [...all, "--silent", "--no-audit", "--no-fund", "--offline"], { cwd: desk, encoding: "utf8" });
const faults = [];

// What is packed is what is installed.
const desk = join(resolve(folder), "desk");
mkdirSync(desk, { recursive: true });
writeFileSync(join(desk, "package.json"), JSON.stringify({ name: "desk", private: true, type: "module" }));
const packed = npm("pack", own, "--pack-destination", desk).trim().split("\n").pop();
npm("install", join(desk, packed));
const installed = join(desk, "node_modules/crossfoot");

// In Node.js it says what the command says.
const { load } = await import(pathToFileURL(join(installed, "node.js")).href);
const crossfoot = await load();
let count = 0;
for (const { path, claims, findings } of expected.documents) {
  const report = crossfoot.check(readFileSync(path), { name: basename(path), claims: claims ?? undefined });
  const said = report.findings.map(({ rule, message, severity, steps }) => [rule, message, severity, steps]);
  if (JSON.stringify(said) !== JSON.stringify(findings)) faults.push(`${path}: not what the command says`);
  count += said.length;
}
if (count < 20) faults.push(`only ${count} findings were compared`);
const DRAFT = "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.";
const throws = (what, message) => {
  try {
    what();
    faults.push(`${what} does not throw`);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes(message)) faults.push(`${what} throws ${error}`);
  }
};
throws(() => crossfoot.check(new TextEncoder().encode("%PDF-1.7"), { name: "a.pdf" }), "PDF");
throws(() => crossfoot.check(DRAFT, { published: "yesterday" }), "no day");
throws(() => crossfoot.record(DRAFT, { claims: "[[claim]" }), "claims.toml");
throws(() => crossfoot.editClaim("a = ", "a", "note", "x"), "");
const claims = crossfoot.record(DRAFT, { name: "draft.txt" });
if (!claims.includes("146,000")) faults.push("the claims are not those of the text");
if (!crossfoot.explain(DRAFT, 20).sentences[0].text.includes("Membership")) faults.push("a place is not explained");
if (!crossfoot.html(DRAFT).startsWith("<!doctype html>")) faults.push("the report is no page");
if (!new TextDecoder().decode(crossfoot.annotate(DRAFT, { name: "a.md" })).includes("31.51")) faults.push("nothing is written beside the words");

// Its types are those of the report's schema, and are understood.
const header = "/* Written from the JSON Schema of the report: `crossfoot schema report`. */";
const types = await compile(crossfoot.schema(), "CrossfootReport", { bannerComment: header, additionalProperties: false });
const known = fileURLToPath(new URL("../../bindings/web/npm/report.d.ts", import.meta.url));
if (process.env.UPDATE) writeFileSync(known, types);
if (readFileSync(known, "utf8") !== types) faults.push("report.d.ts is not what the schema says; UPDATE=1 writes it");
writeFileSync(join(desk, "typed.ts"), `import { load, type CrossfootReport } from "crossfoot";
const crossfoot = await load();
const report: CrossfootReport = crossfoot.check("5", { published: "2025-08-07" });
const start: number | undefined = report.findings[0]?.location.start;
// @ts-expect-error: there is no such option
crossfoot.check("5", { publised: "2025-08-07" });
console.log(start);
`);
try {
  execFileSync(join(bin, "tsc"), ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "--types", "", "typed.ts"], { cwd: desk, encoding: "utf8" });
} catch (error) {
  faults.push(`the types are not understood: ${error.stdout}`);
}

// A bundle of it works in a browser.
writeFileSync(join(desk, "index.html"), '<!doctype html><title>desk</title><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>');
writeFileSync(join(desk, "main.js"), `import { load } from "crossfoot";
load().then((crossfoot) => { document.title = crossfoot.check(${JSON.stringify(DRAFT)}).findings.map((one) => one.message).join(); });
`);
await build({ root: desk, logLevel: "error" });
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const server = createServer((request, response) => {
  const name = new URL(request.url, "http://localhost").pathname;
  const path = join(desk, "dist", name === "/" ? "index.html" : name);
  response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream");
  response.end(readFileSync(path));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage();
  page.on("console", (message) => faults.push(`the bundle says ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`the bundle fails: ${error.message}`));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => document.title.includes("31.51 percent"), null, { timeout: 60000 });
} catch (error) {
  faults.push(`the bundle does not work: ${error.message}`);
} finally {
  await browser.close();
  server.close();
}
for (const fault of faults) console.error(fault);
console.log(`${count} findings in Node.js, types, a bundle: ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
