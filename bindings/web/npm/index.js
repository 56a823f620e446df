// For browsers and bundlers, which find the WebAssembly beside this file by its address.

import init from "./crossfoot.js";
import { crossfoot } from "./api.js";

let loading = null;

export function load(wasm) {
  loading ??= init({ module_or_path: wasm ?? new URL("./crossfoot_bg.wasm", import.meta.url) }).then(
    () => crossfoot,
    (error) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}
