// Draws what the checker says. Every text of it becomes text of the page, never markup.

function make(name, attributes = {}, ...children) {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") one.addEventListener("click", value);
    else if (value === true) one.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) one.setAttribute(key, value);
  }
  one.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return one;
}

function shape(name, attributes) {
  const one = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}

const words = (text) => make("bdi", {}, text);

function list(lines, className = "steps") {
  return lines.length ? make("ul", { class: className }, ...lines.map((line) => make("li", {}, words(line)))) : null;
}

function bar(given) {
  const height = String(given.height);
  const drawing = shape("svg", {
    height, viewBox: `0 0 100 ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": given.title,
  });
  const rect = (className, [x, width], y, tall) =>
    drawing.append(shape("rect", { class: className, x, width, y: String(y), height: String(tall) }));
  if (given.common) rect("common", given.common, 0, height);
  for (const side of given.sides) {
    rect("track", ["0", "100"], side.top + 7, 1);
    rect(`loose ${side.role}`, side.loose, side.top + 3, 9);
    rect(`strict ${side.role}`, side.strict, side.top + 3, 9);
    if (side.at) rect("at", [side.at, "0.4"], side.top + 1, 13);
  }
  const sides = given.sides.map((side) => make("li", { class: side.role },
    make("span", { class: "role" }, side.role), " ", words(side.words),
    side.stated === side.words ? "" : make("span", {}, ", that is ", words(side.stated)),
    make("span", { class: "allowed" }, " allows ", words(side.allowed))));
  return make("div", { class: "bar" }, drawing, make("ol", { class: "sides" }, ...sides));
}

// A link to a figure of the text, or its words where it stands elsewhere.
function figureLink(figure, go) {
  if (!figure.mark) return words(figure.text);
  return make("button", { type: "button", class: "to", onclick: () => go(figure.mark) }, words(figure.text));
}

function figureLinks(figures, go) {
  return figures.flatMap((figure) =>
    [" ", figureLink(figure, go), figure.what ? make("span", { class: "role" }, ` (${figure.what})`) : ""]);
}

const badge = (className, text) => make("span", { class: `badge ${className}` }, text);

// A finding beside its sentence.
function note(finding, bars, go) {
  const first = finding.places.find((place) => place.mark);
  const message = [badge(finding.level, finding.level), " ", words(finding.message)];
  const head = first
    ? make("button", { type: "button", class: "go", onclick: () => go(first.mark) }, ...message)
    : make("span", {}, ...message);
  return make("article", { class: `card ${finding.level}` },
    make("h3", { class: "message" }, head),
    list(finding.lines),
    ...bars.map(bar),
    make("details", {}, make("summary", {}, `Why it matters (${finding.rule})`), make("p", {}, words(finding.why)),
      ...finding.measured.map((line) => make("p", { class: "measured" }, "How often the rule is right: ", words(line)))));
}

function relation(given, go) {
  return make("article", { class: `card relation ${given.class}` },
    make("h3", { class: "message" }, badge(given.class, given.verdict), " ", words(given.title)),
    given.holds ? make("p", { class: "must" }, "What would have to hold: ", words(given.holds)) : null,
    list(given.steps),
    given.because ? make("p", { class: "because" }, "Asserted because ", words(given.because)) : null,
    ...given.bars.map(bar),
    make("p", { class: "where" }, `${given.rule}:`, ...figureLinks(given.figures, go)));
}

function pairs(rows) {
  const parts = rows.filter(([, value]) => value).flatMap(([name, value]) =>
    [make("dt", {}, name), make("dd", {}, value instanceof Node ? value : words(value))]);
  return parts.length ? make("dl", {}, ...parts) : null;
}

// What is known of a figure.
function detail(given, { why, close }) {
  const related = given.relations.filter((one) => !one.is_against);
  const isAlone = !given.findings.length && !given.let_stand.length && !given.relations.length;
  return [
    make("button", { type: "button", class: "close", onclick: close }, "Close"),
    make("h3", { id: "panel-name" }, words(given.text)),
    make("p", {}, make("span", { class: `figure ${given.class}` }, given.words)),
    pairs([["States", given.states], [given.strict ? "Strictly stands for" : "", given.strict],
      [given.strict ? "Loosely" : "Stands for", given.loose]]),
    ...given.claims.map((claim) => make("div", {}, make("h4", {}, "Claim ", words(claim.id)),
      pairs([["Value", claim.value], ["Source", claim.source || "none"], ["Status", claim.status],
        ["In the text", claim.state], ["Note", claim.note]]))),
    ...given.findings.map((finding) => make("div", { class: "found" }, make("h4", {}, finding.rule),
      make("p", { class: "message" }, badge(finding.level, finding.level), " ", words(finding.message)), list(finding.lines))),
    ...given.let_stand.map((one) => make("div", {}, make("h4", {}, `${one.finding.rule}, let stand`),
      make("p", {}, words(one.finding.message)), make("p", { class: "because" }, "It stands: ", words(one.reason)))),
    ...related.map((one) => make("div", {}, make("h4", {}, `${one.verdict}: `, words(one.title)), list(one.steps))),
    isAlone ? make("p", {}, "Nothing in the text says what it has to agree with.") : null,
    make("button", { type: "button", class: "why", onclick: why }, "What was made of its sentence"),
  ];
}

// What was made of a sentence, and why nothing is said of it.
function explained(told) {
  const sentences = told.sentences ?? [];
  if (!sentences.length) return [make("p", {}, "No sentence with figures stands here.")];
  return sentences.flatMap((sentence) => [
    make("blockquote", {}, words(sentence.text)),
    make("p", { class: "message" }, outcome(sentence)),
    ...sentence.relations.map((one) => make("div", {},
      make("p", {}, words(`${one.rule}: ${one.verdict}. ${one.outcome}`)), list(one.steps))),
    ...tried(sentence),
  ]);
}

function outcome({ relations }) {
  const said = relations.filter((one) => one.reported).length;
  if (said) return said === 1 ? "One relation is reported." : `${said} relations are reported.`;
  if (relations.length) return "Nothing is reported: what relates these figures holds, or is let be.";
  return "Nothing is reported: no rule relates these figures.";
}

function tried({ changes, tried: all, links }) {
  const lost = changes.filter((one) => one.kind).map((one) => {
    const level = (text) => (text ? `“${text}”` : "none");
    const by = one.by.length ? `; change ${one.by.map(level).join(", ")}` : "";
    return `A change from ${level(one.from)} to ${level(one.to)}${by}: ${one.reasons.join("; ")}`;
  });
  const rules = all.slice(0, 10).map((one) => {
    const filled = one.filled.map((part) => `${part.role.replaceAll("_", " ")} “${part.figure}”`).join(", ");
    const example = one.example ? ` It finds, for example: ${one.example}` : "";
    return `${one.rule}${filled ? ` (${filled})` : ""}: ${one.reason}.${example}`;
  });
  const order = links.slice(0, 5).map((one) =>
    `${one.rule}: its words are there, in another order.${one.example ? ` It finds, for example: ${one.example}` : ""}`);
  const lines = [...lost, ...rules, ...order];
  return lines.length ? [make("h4", {}, "What was tried"), list(lines)] : [];
}

function timeRow(row, published, go) {
  const drawing = shape("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
  const rect = (className, x, width, y, height) => drawing.append(shape("rect", { class: className, x, width, y, height }));
  rect("track", "0", "100", "5", "0.6");
  if (published) rect("published", published, "0.4", "0", "10");
  rect(`days ${row.class}`, row.span[0], row.span[1], "1", "8");
  return make("li", {}, make("span", { class: "when" }, row.days), " ", drawing, " ",
    make("span", { class: "what" }, figureLink(row, go), row.what ? make("span", { class: "role" }, " ", words(row.what)) : "",
      row.is_ahead ? make("span", { class: "role" }, " (after publication)") : ""));
}

// A document as it was read, its figures to be chosen.
function blocks(all, choose) {
  const pieces = (parts) => parts.map((piece) => piece.mark
    ? make("button", { type: "button", class: `figure ${piece.class}`, "data-mark": piece.mark, onclick: () => choose(piece.mark - 1) },
      piece.text, piece.class === "read" ? null : make("span", { class: "hidden" }, ` (${piece.words})`))
    : piece.text);
  return all.map((block, at) => {
    if (block.tag === "table") {
      const rows = block.rows.map((row) => make("tr", {}, ...row.map((cell) =>
        make(cell.header ? "th" : "td", cell.header ? { scope: "col" } : {}, ...pieces(cell.pieces)))));
      return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table in block ${at + 1}` }, make("table", {}, ...rows));
    }
    if (block.tag === "blockquote") return make("blockquote", {}, ...pieces(block.pieces));
    const isHeading = /^h\d$/.test(block.tag);
    const className = isHeading ? `heading ${block.tag}` : block.tag === "p" ? null : block.tag;
    const marker = block.marker ? make("span", { class: "marker" }, `${block.marker} `) : null;
    return make("p", { class: className }, marker, ...pieces(block.pieces));
  });
}
