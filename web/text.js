// The text as one writes it: what it says, where its figures stand, and how they are marked. The marks are
// painted by the browser over the text (CSS Custom Highlights), so that nothing is changed in it.

const STANDINGS = ["clash", "doubt", "note", "stands", "holds", "checked", "undecided", "claimed", "exempt", "read"];

const paper = (() => {
  const field = document.getElementById("text");
  const highlights = new Map();
  if (typeof Highlight === "function") {
    STANDINGS.forEach((name, at) => {
      const highlight = new Highlight();
      highlight.priority = STANDINGS.length - at;
      CSS.highlights.set(name, highlight);
      highlights.set(name, highlight);
    });
    highlights.set("chosen", new Highlight());
    highlights.get("chosen").priority = 99;
    CSS.highlights.set("chosen", highlights.get("chosen"));
  }
  let ranges = [];

  // The pieces of the text in order: each a node, or a line break, with where it begins.
  function pieces() {
    const all = [];
    let at = 0;
    const walk = document.createTreeWalker(field, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        all.push({ node, at, length: node.data.length });
        at += node.data.length;
      } else if (node.nodeName === "BR") {
        all.push({ node, at, length: 1 });
        at += 1;
      }
    }
    return all;
  }

  function text() {
    const only = field.firstChild;
    if (!only) return "";
    if (only.nodeType === Node.TEXT_NODE && !only.nextSibling) return only.data;
    return pieces().map(({ node }) => node.data ?? "\n").join("");
  }

  function set(text) {
    field.textContent = text;
    ranges = [];
    marked = [];
  }

  // Where in the document a place of the text is.
  function point(all, at) {
    let low = 0;
    let high = all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (all[middle].at <= at) low = middle;
      else high = middle - 1;
    }
    const piece = all[low];
    if (!piece) return [field, 0];
    if (piece.node.nodeType === Node.TEXT_NODE) return [piece.node, Math.min(at - piece.at, piece.length)];
    const place = [...piece.node.parentNode.childNodes].indexOf(piece.node);
    return [piece.node.parentNode, place + (at > piece.at ? 1 : 0)];
  }

  function rangeOf([start, end], all = pieces()) {
    const range = document.createRange();
    range.setStart(...point(all, start));
    range.setEnd(...point(all, end));
    return range;
  }

  let marked = [];

  // Whether the marks stand there already: the browser moves them with the words.
  function isMarked(places, standings, all) {
    const node = all.length === 1 ? all[0].node : null;
    return node !== null && ranges.length === places.length && ranges.every((range, at) =>
      range.startContainer === node && range.endContainer === node && marked[at] === standings[at]
      && range.startOffset === places[at][0] && range.endOffset === places[at][1]);
  }

  // Marks figures: their places, and the standing of each.
  function mark(places, standings) {
    const all = pieces();
    if (isMarked(places, standings, all)) return;
    marked = standings;
    ranges = places.map((place) => rangeOf(place, all));
    const sorted = new Map(STANDINGS.map((name) => [name, []]));
    ranges.forEach((range, at) => sorted.get(standings[at])?.push(range));
    for (const [name, members] of sorted) {
      const highlight = highlights.get(name);
      if (!highlight) continue;
      highlight.clear();
      members.forEach((range) => highlight.add(range));
    }
  }

  function choose(number) {
    const highlight = highlights.get("chosen");
    highlight?.clear();
    if (number !== null && ranges[number]) highlight?.add(ranges[number]);
  }

  // Where a node and an offset in it stand in the text; null outside.
  function offsetOf(node, offset) {
    if (!field.contains(node)) return null;
    const range = document.createRange();
    range.setStart(field, 0);
    range.setEnd(node, offset);
    let count = 0;
    for (const piece of pieces()) {
      const isText = piece.node.nodeType === Node.TEXT_NODE;
      if (piece.node === node) return piece.at + offset;
      if (range.comparePoint(isText ? piece.node : piece.node.parentNode, 0) > 0) break;
      if (range.intersectsNode(piece.node)) count = piece.at + piece.length;
    }
    return count;
  }

  function caret() {
    const selection = document.getSelection();
    return selection.rangeCount ? offsetOf(selection.focusNode, selection.focusOffset) : null;
  }

  // Selects a place of the text and brings it into view.
  function go(place) {
    const range = rangeOf(place);
    field.focus({ preventScroll: true });
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 80 || bottom > innerHeight - 120) scrollBy({ top: top - innerHeight / 3 });
  }

  // How far below the top of the text a figure stands.
  function topOf(number) {
    return ranges[number]?.getBoundingClientRect().top ?? null;
  }

  return { field, text, set, mark, choose, caret, go, topOf };
})();
