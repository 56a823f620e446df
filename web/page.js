// The page: what is written or dropped is checked, and what there is to say stands beside it.

const by = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 60.01rem)");

const state = {
  // A document that was opened and is not edited here: its name and its bytes.
  file: null,
  // What was checked last, and what came of it.
  text: "",
  view: null,
  isWhole: false,
  unit: null,
  places: [],
  standings: [],
  chosen: null,
  caret: 0,
  claims: "",
};

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// The draft as the checker takes it.
function draft() {
  const own = { claims: state.claims, published: by("published").value, today: today() };
  if (state.file) return { ...own, name: state.file.name, file: state.file.bytes };
  return { ...own, name: `draft.${by("format").value}`, text: paper.text() };
}

function trouble(reason) {
  by("trouble").textContent = reason;
  by("trouble").hidden = !reason;
}

// Does what may fail, and says why where it does.
async function attempt(what) {
  trouble("");
  try {
    return await what();
  } catch (error) {
    trouble(error.message);
    return null;
  }
}

// Whether what was asked is still what is there.
function isCurrent(given) {
  return given.file ? given.file === state.file?.bytes : !state.file && given.text === paper.text();
}

// Checks what is there now. After each key the findings are asked for, and where each figure stands; what is known
// of figures and relations follows when one pauses. While a check runs, only the newest state waits for the next.
const check = (() => {
  let isBusy = false;
  let waiting = null;
  let later = 0;
  return async function now(what) {
    const ask = what ?? (state.file ? "view" : "brief");
    clearTimeout(later);
    if (isBusy) {
      waiting = waiting === "brief" ? waiting : ask;
      return;
    }
    isBusy = true;
    const given = draft();
    try {
      const view = await checker.ask(ask, { draft: given });
      if (isCurrent(given)) show(view, given, ask === "view");
    } catch (error) {
      trouble(error.message);
    }
    isBusy = false;
    const next = waiting;
    waiting = null;
    if (next) now(next);
    else if (ask === "brief") later = setTimeout(() => now("view"), 300);
  };
})();

let quiet = 0;

function show(view, given, isWhole) {
  state.view = view;
  state.text = given.text ?? "";
  state.isWhole = isWhole;
  const at = view.units.findIndex((unit) => unit.has_article);
  state.unit = view.units[at] ?? null;
  state.places = view.places[at] ?? [];
  state.standings = view.standings[at] ?? [];
  showSummary();
  showText();
  showNotes();
  showClaims();
  if (isWhole) {
    showRelations();
    showTimeline();
  }
  const chosen = state.chosen;
  if (chosen !== null && !state.places[chosen]) choose(null);
  else if (state.file || document.activeElement !== paper.field) choose(chosen);
  else followCaret();
  place();
}

function showSummary() {
  const isEmpty = !state.file && !state.text.trim();
  const told = state.view.summary.replace(": say `--published DATE`", ", which can be set above");
  by("summary").textContent = isEmpty ? "Nothing is written yet." : told;
  by("summary").className = `summary ${isEmpty ? "nothing" : state.view.verdict}`;
  clearTimeout(quiet);
  quiet = setTimeout(() => { by("said").textContent = by("summary").textContent; }, 1500);
}

function showText() {
  const isFile = Boolean(state.file);
  by("page").hidden = !isFile;
  by("text").hidden = isFile;
  by("edit").hidden = !isFile;
  by("written").hidden = isFile;
  by("name").hidden = !isFile;
  by("save-text").hidden = isFile;
  by("save-copy").disabled = /\.(odt|ott)$/i.test(state.file?.name ?? "");
  if (isFile) {
    by("name").textContent = state.file.name;
    draw("page", state.unit?.blocks ?? [], () => blocks(state.unit?.blocks ?? [], (number) => choose(number)));
  } else {
    paper.mark(state.places, state.standings);
  }
}

// All findings that are not of a figure's own: of the text, of its claims, and of neither.
function findings() {
  const view = state.view;
  const here = state.unit?.findings ?? [];
  const others = view.units.filter((unit) => unit !== state.unit).flatMap((unit) => unit.findings);
  const unplaced = (finding) => ({ ...finding, places: finding.places.map((one) => ({ ...one, mark: 0 })) });
  return [...others.map(unplaced), ...view.others.map(unplaced), ...here];
}

const firstMark = (finding) => finding.places.find((one) => one.mark)?.mark ?? 0;

function showNotes() {
  const all = findings().sort((a, b) => firstMark(a) - firstMark(b));
  const related = state.unit?.relations ?? [];
  const known = new Map([...by("notes").children].map((item) => [item.dataset.key, item]));
  const seen = new Map();
  const items = all.map((finding) => {
    const own = related.filter((one) => one.is_against && one.rule === finding.rule && one.title === finding.message);
    const bars = own.flatMap((one) => one.bars);
    const name = JSON.stringify(finding);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const key = `${count} ${name}`;
    const item = known.get(key) ?? make("li", { "data-key": key }, note(finding, bars, go));
    // Drawings follow when one pauses.
    if (bars.length && !item.querySelector(".bar")) item.querySelector("details").before(...bars.map(bar));
    item.dataset.mark = firstMark(finding);
    return item;
  });
  const isSame = items.length === by("notes").children.length && items.every((item, at) => by("notes").children[at] === item);
  if (!isSame) by("notes").replaceChildren(...items);
}

function showRelations() {
  const all = state.unit?.relations ?? [];
  by("compared").hidden = !all.length;
  draw("relations", all, () => all.map((one) => relation(one, go)));
}

function showTimeline() {
  const line = state.unit?.timeline;
  by("times").hidden = !line;
  if (!line) return;
  by("times-range").textContent = `From ${line.from} to ${line.to}.${line.published ? ` The line is the day of publication, ${state.unit.published}.` : ""}`;
  draw("timeline", line, () => line.rows.map((row) => timeRow(row, line.published, go)));
}

// Draws a part again where it is not what it was.
const drawn = new Map();
function draw(id, data, parts) {
  const key = JSON.stringify(data);
  if (drawn.get(id) === key) return;
  drawn.set(id, key);
  by(id).replaceChildren(...parts().filter(Boolean));
}

// Puts the notes beside their sentences: each as high as its figure, and below the one before it.
function place() {
  const margin = document.querySelector(".margin");
  if (!wide.matches) return;
  const start = margin.getBoundingClientRect().top;
  const top = (number) => {
    const own = state.file
      ? by("page").querySelector(`[data-mark="${number + 1}"]`)?.getBoundingClientRect().top
      : paper.topOf(number);
    return own === null || own === undefined ? 0 : Math.max(0, own - start - 10);
  };
  const items = [...by("notes").children].map((item) => ({ item, top: item.dataset.mark === "0" ? 0 : top(Number(item.dataset.mark) - 1) }));
  const panel = by("panel");
  if (!panel.hidden && state.chosen !== null) items.push({ item: panel, top: top(state.chosen) + 1 });
  items.sort((a, b) => a.top - b.top);
  const heights = items.map(({ item }) => item.offsetHeight);
  let free = 0;
  items.forEach(({ item, top: wanted }, at) => {
    const own = Math.max(wanted, free);
    item.style.top = `${own}px`;
    free = own + heights[at] + 10;
  });
  margin.style.height = `${free}px`;
}

// Shows what is known of a figure, by its number from 0; of a text that has just changed, when that is known.
function choose(number) {
  const isOther = number !== state.chosen;
  state.chosen = number;
  mark(number);
  if (number === null || (isOther && !state.isWhole)) {
    by("panel").hidden = true;
    by("panel").replaceChildren();
    drawn.delete("panel");
  } else if (state.isWhole) {
    const given = state.unit.details[number];
    if (isOther) drawn.delete("panel");
    by("panel").hidden = false;
    draw("panel", given, () => detail(given, { why: () => explain(state.places[number]?.[0] ?? 0), close: leave }));
    if (isOther) uncover(number);
  }
  place();
}

// On a phone the panel lies over the text: brings the figure out from under it.
function uncover(number) {
  if (wide.matches) return;
  const own = state.file
    ? by("page").querySelector(`[data-mark="${number + 1}"]`)?.getBoundingClientRect().top
    : paper.topOf(number);
  const hidden = (own ?? 0) + 40 - by("panel").getBoundingClientRect().top;
  if (hidden > 0) scrollBy(0, hidden);
}

function mark(number) {
  paper.choose(state.file ? null : number);
  for (const one of document.querySelectorAll(".figure.chosen, #notes .chosen")) one.classList.remove("chosen");
  if (number === null) return;
  by("page").querySelector(`[data-mark="${number + 1}"]`)?.classList.add("chosen");
  const isAbout = (finding) => finding.places.some((one) => one.mark === number + 1);
  const about = new Set((state.unit?.findings ?? []).filter(isAbout).map((finding) => finding.message));
  for (const item of by("notes").children) {
    item.classList.toggle("chosen", about.has(item.querySelector(".message bdi").textContent));
  }
}

// Leaves the figure, and goes back to the text where the focus was on what is known of it.
function leave() {
  const isInside = by("panel").contains(document.activeElement);
  const number = state.chosen;
  choose(null);
  if (!isInside) return;
  if (state.file) by("page").querySelector(`[data-mark="${(number ?? 0) + 1}"]`)?.focus();
  else paper.field.focus({ preventScroll: true });
}

// Goes to a figure of the text, by its number from 1.
function go(number) {
  const at = number - 1;
  if (state.file) {
    const figure = by("page").querySelector(`[data-mark="${number}"]`);
    figure?.scrollIntoView({ block: "center" });
    figure?.focus({ preventScroll: true });
  } else if (state.places[at] && paper.text() === state.text) {
    paper.go(state.places[at]);
  }
  choose(at);
}

// The next finding in the text, or the one before.
function goOn(step) {
  const all = findings().map(firstMark).filter(Boolean).sort((a, b) => a - b);
  if (!all.length) return;
  const now = state.chosen === null ? numberAt(state.caret) + (step > 0 ? 0 : 1) : state.chosen + 1;
  const next = step > 0 ? all.find((one) => one > now) ?? all[0] : all.findLast((one) => one < now) ?? all[all.length - 1];
  go(next);
}

// How many figures begin before a place of the text.
function numberAt(at) {
  return state.places.filter(([start]) => start < at).length;
}

function followCaret() {
  if (state.file || document.activeElement !== paper.field) return;
  const at = paper.caret();
  if (at === null) return;
  state.caret = at;
  if (paper.text() !== state.text) return;
  const number = state.places.findIndex(([start, end]) => start <= at && at <= end);
  if (number >= 0) choose(number);
  else if (state.chosen !== null) choose(null);
}

// Says what was made of the sentence at a place of the text.
async function explain(at) {
  const told = await attempt(() => checker.ask("explain", { draft: draft(), at }));
  if (!told) return;
  const panel = by("panel");
  panel.querySelector(".explained")?.remove();
  const parts = make("div", { class: "explained" }, make("h4", {}, "What was made of the sentence"), ...explained(told));
  if (panel.hidden) {
    panel.hidden = false;
    drawn.delete("panel");
    panel.replaceChildren(
      make("button", { type: "button", class: "close", onclick: leave }, "Close"),
      make("h3", { id: "panel-name" }, "The sentence at the cursor"));
    const near = Math.max(0, numberAt(at) - 1);
    state.chosen = state.places[near] ? near : null;
  }
  panel.querySelector(".why")?.remove();
  panel.append(parts);
  place();
  panel.focus({ preventScroll: true });
  parts.scrollIntoView({ block: "nearest" });
}

// Claims.

function setClaims(text, isTyped = false) {
  state.claims = text;
  if (!isTyped) by("toml").value = text;
  for (const id of ["claims", "save-claims", "drop-claims"]) by(id).hidden = !text;
  by("record").textContent = text ? "Add the figures without a claim" : "Keep the figures as claims";
  check();
}

function showClaims() {
  const rows = state.view.units.flatMap((unit) => unit.claims);
  draw("claim-rows", rows, () => rows.map((row) => claimRow(row)));
}

function claimRow({ mark, claim }) {
  const edit = (key, value) => attempt(async () => {
    setClaims(await checker.ask("edit-claim", { text: state.claims, edit: { id: claim.id, key, value } }));
  });
  const isPlain = !claim.locator && !claim.accessed;
  const [title, url] = [claim.url === claim.source ? "" : claim.source, claim.url ?? ""];
  const input = (label, value) => make("input", { type: "text", "aria-label": `${label} of ${claim.id}`, value, disabled: !isPlain });
  const fields = [input("Source", title), input("Link", url)];
  for (const field of fields) {
    field.addEventListener("change", () => {
      const [first, second] = fields.map((one) => one.value.trim());
      edit("source", second ? `${first}\n${second}` : first);
    });
  }
  const status = make("select", { "aria-label": `Status of ${claim.id}` },
    ...["unchecked", "verified", "disputed"].map((one) => make("option", { selected: one === claim.status }, one)));
  status.addEventListener("change", () => edit("status", status.value));
  const cell = (...parts) => make("td", {}, ...parts);
  return make("tr", {}, make("th", { scope: "row" }, figureLink({ mark, text: claim.id }, go)),
    cell(words(claim.value)), cell(fields[0]), cell(fields[1]), cell(status), cell(claim.state));
}

// Files in and out.

async function openFile(file) {
  if (file.size > 32 * 1024 * 1024) throw new Error("The file is larger than 32 megabytes.");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const ending = file.name.split(".").pop().toLowerCase();
  if (ending === "toml") {
    setClaims(new TextDecoder().decode(bytes));
    return;
  }
  const given = { ...draft(), name: file.name, file: bytes, claims: "" };
  if (["md", "markdown", "txt", "text"].includes(ending)) {
    const text = await checker.ask("text", { draft: given });
    setText(text.replaceAll("\r\n", "\n"), ending.startsWith("m") ? "md" : "txt");
    return;
  }
  // That it can be read is asked first, so that nothing is lost where it cannot.
  await checker.ask("text", { draft: given });
  state.file = { name: file.name, bytes };
  choose(null);
  check("view");
}

function setText(text, format) {
  state.file = null;
  choose(null);
  by("format").value = format;
  by("page").hidden = true;
  by("text").hidden = false;
  paper.set(text);
  check();
}

// Inserts what was copied from a word processor or a page, as Markdown, so that its headings, lists and
// tables are kept.
async function pasteRich(html, plain) {
  const name = "pasted.html";
  const given = { name, text: `<!doctype html><body>${html}`, claims: "", published: "", today: "" };
  const text = await checker.ask("markdown", { draft: given });
  const isRich = text.trim() !== "";
  if (isRich) by("format").value = "md";
  paper.field.focus();
  document.execCommand("insertText", false, isRich ? text.trimEnd() : plain);
}

function save(name, content, type) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = make("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

const stem = () => (state.file ? state.file.name.replace(/\.[^.]*$/, "") : "draft");
const ending = () => (state.file ? state.file.name.split(".").pop() : by("format").value);

const TYPES = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  html: "text/html", md: "text/markdown", txt: "text/plain",
};

function listen(id, event, what) {
  by(id).addEventListener(event, what);
}

listen("open", "click", () => by("file").click());
listen("file", "change", () => {
  const [file] = by("file").files;
  by("file").value = "";
  if (file) attempt(() => openFile(file));
});
listen("edit", "click", () => attempt(async () => setText(await checker.ask("markdown", { draft: draft() }), "md")));
listen("clear", "click", () => {
  const isLost = state.file ? false : paper.text().trim() !== "";
  if (isLost && !by("clear").dataset.sure) {
    by("clear").dataset.sure = "yes";
    by("clear").textContent = "Really? The text is lost";
    setTimeout(() => { delete by("clear").dataset.sure; by("clear").textContent = "Start anew"; }, 4000);
    return;
  }
  delete by("clear").dataset.sure;
  by("clear").textContent = "Start anew";
  setText("", "txt");
  setClaims("");
  paper.field.focus();
});
listen("published", "input", () => check());
listen("format", "change", () => check());
listen("why", "click", () => explain(state.file ? state.places[state.chosen ?? 0]?.[0] ?? 0 : state.caret));
listen("record", "click", () => attempt(async () => setClaims(await checker.ask("record", { draft: draft() }))));
listen("toml", "input", () => setClaims(by("toml").value, true));
listen("drop-claims", "click", () => setClaims(""));
listen("save-claims", "click", () => save(`${stem()}.toml`, state.claims, "application/toml"));
listen("save-text", "click", () => save(`draft.${by("format").value}`, paper.text(), "text/plain"));
listen("save-report", "click", () => attempt(async () => save(`${stem()}-report.html`, await checker.ask("html", { draft: draft() }), "text/html")));
listen("save-copy", "click", () => attempt(async () =>
  save(`${stem()}-checked.${ending()}`, await checker.ask("annotated", { draft: draft() }), TYPES[ending()] ?? "application/octet-stream")));
listen("print", "click", () => print());

listen("text", "input", () => check());
listen("text", "paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  const plain = event.clipboardData.getData("text/plain");
  const [file] = event.clipboardData.files;
  if (file && !plain && !html) {
    event.preventDefault();
    attempt(() => openFile(file));
  } else if (html) {
    event.preventDefault();
    attempt(() => pasteRich(html, plain));
  }
});
document.addEventListener("selectionchange", followCaret);
document.addEventListener("keydown", (event) => {
  if (event.key === "F8") {
    event.preventDefault();
    goOn(event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape" && !by("panel").hidden) {
    leave();
  } else if (event.key === "Enter" && event.ctrlKey && !by("panel").hidden) {
    event.preventDefault();
    by("panel").focus();
  }
});

const isDropped = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
document.addEventListener("dragover", (event) => {
  if (!isDropped(event)) return;
  event.preventDefault();
  document.body.classList.add("over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  document.body.classList.remove("over");
  if (!isDropped(event)) return;
  event.preventDefault();
  attempt(() => openFile(event.dataTransfer.files[0]));
});
new ResizeObserver(() => place()).observe(document.querySelector(".paper"));
document.addEventListener("toggle", () => place(), true);

attempt(async () => {
  by("version").textContent = await checker.ask("version");
  await check();
  by("legend").replaceChildren(...state.view.legend.map(([name, what]) =>
    make("li", {}, make("span", { class: `figure ${name}` }, "figure"), ` ${what}`)));
});
