#!/usr/bin/env bash
# turndown 7.2.5, node-html-markdown 2.0.0, html-to-text 10.0.1 (npm): a raised exponent becomes digits of its base.
#
# `<sup>` means raised text (HTML, 4.5.19): a reader of "10<sup>6</sup> cubic metres" sees a million. Markdown keeps
# HTML within a line as it is (CommonMark 0.31.2, 6.6), and plain text has "10^6"; one would expect either, or a
# warning. All three take the element away and nothing comes in its place: "106 cubic metres", a figure that nobody
# wrote, in a text that looks right. Whoever pastes a page into an editor, a CMS or a checker by way of them has it.
# turndown unwraps struck-out words too: of "<del>15</del> 5 percent" both figures stand there as if both were meant.
#
# Seen: "It holds 106 cubic metres." from all three; "15 5 percent" from turndown and html-to-text, "~~15~~ 5 percent"
# from node-html-markdown.
# Needs Node.js with npm. Exits 0 while this is so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund turndown@7.2.5 node-html-markdown@2.0.0 html-to-text@10.0.1
cat >run.cjs <<'JS'
const Turndown = require("turndown");
const { NodeHtmlMarkdown } = require("node-html-markdown");
const { convert } = require("html-to-text");

const all = {
  turndown: (html) => new Turndown().turndown(html),
  "node-html-markdown": (html) => NodeHtmlMarkdown.translate(html),
  "html-to-text": (html) => convert(html),
};
const POWER = "<p>It holds 10<sup>6</sup> cubic metres.</p>";
const STRUCK = "<p>It rose by <del>15</del> 5 percent.</p>";
let isSame = true;
for (const [name, written] of Object.entries(all)) {
  const [power, struck] = [written(POWER), written(STRUCK)];
  console.log(`${name}: ${power} ${struck}`);
  const kept = name === "node-html-markdown" ? "~~15~~ 5 percent" : "by 15 5 percent";
  isSame &&= power.includes("holds 106 cubic") && struck.includes(kept);
}
process.exit(isSame ? 0 : 1);
JS
node run.cjs
