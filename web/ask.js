// Questions to the checker, which works beside the page so that typing never waits.
"use strict";

const checker = (() => {
  const source = document.getElementById("worker").textContent;
  const wasm = document.getElementById("wasm").textContent;
  let worker = null;
  let last = 0;
  const open = new Map();

  function start() {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    worker = new Worker(url);
    worker.onmessage = ({ data }) => answered(data);
    worker.onerror = (event) => {
      event.preventDefault();
      fail("The checker could not be started in this browser.");
    };
    worker.postMessage({ ask: "start", wasm });
  }

  function answered({ id, answer, fault, isBroken }) {
    const asked = open.get(id);
    open.delete(id);
    if (fault === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(isBroken ? `The checker failed, which is a fault of its own: ${fault}` : fault));
    if (isBroken) {
      worker.terminate();
      start();
      fail("The checker had to be started again.");
    }
  }

  // Nobody answers what is open any more.
  function fail(reason) {
    for (const asked of open.values()) asked.reject(new Error(reason));
    open.clear();
  }

  function ask(what, more = {}) {
    if (!worker) start();
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      open.set(id, { resolve, reject });
      worker.postMessage({ id, ask: what, ...more });
    });
  }

  return { ask };
})();
