// For Node.js, which reads the WebAssembly from the folder of this file.

import { readFile } from "node:fs/promises";
import init from "./crossfoot.js";
import { crossfoot } from "./api.js";

let loading = null;

export function load(wasm) {
  loading ??= (async () => {
    await init({ module_or_path: wasm ?? (await readFile(new URL("./crossfoot_bg.wasm", import.meta.url))) });
    return crossfoot;
  })().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}
