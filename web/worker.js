
// The checker, in a worker of the page: each question brings the draft that it is about, each answer says
// which question it answers.

const { Draft, editClaim, version } = wasm_bindgen;
let isReady = null;

self.onmessage = async ({ data }) => {
  if (data.ask === "start") {
    isReady = start(data.wasm);
    return;
  }
  const { id } = data;
  try {
    await isReady;
    self.postMessage({ id, answer: answer(data) });
  } catch (error) {
    // What the checker refuses is an error of its own; a fault of the program leaves it unusable.
    self.postMessage({ id, fault: String(error.message ?? error), isBroken: !(error instanceof Error) || error instanceof WebAssembly.RuntimeError });
  }
};

// Unpacks the WebAssembly, which the page has as text.
async function start(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  await wasm_bindgen({ module_or_path: await new Response(unpacked).arrayBuffer() });
}

function answer({ ask, draft: given, at, text, edit }) {
  if (ask === "version") return version();
  if (ask === "edit-claim") return editClaim(text, edit.id, edit.key, edit.value);
  const draft = given.file ? new Draft(given.name, given.file) : Draft.ofText(given.name, given.text);
  try {
    draft.setPublished(given.published);
    draft.setToday(given.today);
    draft.setClaims(given.claims);
    switch (ask) {
      case "view": return JSON.parse(draft.view());
      case "brief": return JSON.parse(draft.briefView());
      case "check": return draft.check();
      case "text": return draft.text();
      case "markdown": return draft.markdown();
      case "explain": return JSON.parse(draft.explain(at));
      case "html": return draft.html();
      case "record": return draft.record();
      case "annotated": return draft.annotated();
      default: throw new Error(`nobody answers ${ask}`);
    }
  } finally {
    draft.free();
  }
}
