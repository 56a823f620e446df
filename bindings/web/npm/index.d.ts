import type { CrossfootReport } from "./report.js";

export type { CrossfootReport } from "./report.js";

/** What is known of a draft beside its text. */
export interface Options {
  /** What it is called; the ending says how it is written: `.txt`, `.md`, `.html`, `.docx`, `.odt`. Without a
   * name a string is plain text, and bytes are what they look like. */
  name?: string;
  /** The day of its publication, `2025-08-07`, which weekdays and deadlines need. */
  published?: string;
  /** The day on which it is checked: a finding that is let stand until a day stands no longer after it. */
  today?: string;
  /** Its claims file, as TOML. It is taken for this draft's, whatever article it names. */
  claims?: string;
}

/** A text, or the bytes of a file. At most 32 megabytes. */
export type Draft = string | Uint8Array | ArrayBuffer;

/** What was made of the sentences at a place, as `crossfoot explain --format json` prints it. */
export interface Explanation {
  version?: number;
  sentences?: unknown[];
}

/** Every function throws an `Error` with a message for people where a draft or an option cannot be read. All
 * work in the thread that calls them; in a page that is best a worker. */
export interface Crossfoot {
  /** What there is to say of a draft: the JSON of `crossfoot check --format json`. */
  check(draft: Draft, options?: Options): CrossfootReport;
  /** What was made of the sentence at a place of the text, counted as JavaScript counts, and why nothing is
   * said of it. */
  explain(draft: Draft, at: number, options?: Options): Explanation;
  /** The text that places point into: the draft itself where it is text, a paragraph a line of a document. */
  text(draft: Draft, options?: Options): string;
  /** Its prose as Markdown. */
  markdown(draft: Draft, options?: Options): string;
  /** Its report as one page that asks for nothing. */
  html(draft: Draft, options?: Options): string;
  /** A copy of the file with each finding as a comment on its words; not of `.odt`. */
  annotate(draft: Draft, options?: Options): Uint8Array;
  /** A claims file with everything that the draft states, beside what `claims` has already. */
  record(draft: Draft, options?: Options): string;
  /** A claims file with one key of a claim set, nothing else changed; an empty value takes it out. For
   * `source` the title and the address stand on two lines. */
  editClaim(claims: string, id: string, key: "status" | "checker" | "note" | "source", value: string): string;
  /** Whether files of a name are read, by its ending. */
  canRead(name: string): boolean;
  /** The JSON Schema of what `check` returns. */
  schema(): object;
  /** The version of the checker. */
  version(): string;
}

/** Loads the checker, once. `wasm` is where its WebAssembly is, or its bytes, where neither Node.js nor the
 * bundler finds the file `crossfoot_bg.wasm` beside the package. */
export function load(wasm?: string | URL | Request | Response | BufferSource | WebAssembly.Module): Promise<Crossfoot>;
