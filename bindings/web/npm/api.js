// What the package offers, once its WebAssembly is loaded.

import { Draft, canRead, editClaim, reportSchema, version } from "./crossfoot.js";

// A draft for the length of one question. Its memory is given back, whatever comes of it.
function about(given, options, ask) {
  const { name, published, today, claims } = options;
  const draft = typeof given === "string"
    ? Draft.ofText(name ?? "draft.txt", given)
    : new Draft(name ?? "draft", given instanceof Uint8Array ? given : new Uint8Array(given));
  try {
    draft.setPublished(published);
    draft.setToday(today);
    draft.setClaims(claims);
    return ask(draft);
  } finally {
    draft.free();
  }
}

export const crossfoot = Object.freeze({
  check: (draft, options = {}) => about(draft, options, (one) => JSON.parse(one.check())),
  explain: (draft, at, options = {}) => about(draft, options, (one) => JSON.parse(one.explain(at))),
  text: (draft, options = {}) => about(draft, options, (one) => one.text()),
  markdown: (draft, options = {}) => about(draft, options, (one) => one.markdown()),
  html: (draft, options = {}) => about(draft, options, (one) => one.html()),
  annotate: (draft, options = {}) => about(draft, options, (one) => one.annotated()),
  record: (draft, options = {}) => about(draft, options, (one) => one.record()),
  editClaim,
  canRead,
  schema: () => JSON.parse(reportSchema()),
  version: () => version(),
});
