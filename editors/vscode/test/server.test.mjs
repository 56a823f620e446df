// The server, driven by the client library of Visual Studio Code; and the extension as it is packed.
//
//     CROSSFOOT=path/to/crossfoot npm test

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const protocol = require("vscode-languageserver-protocol/node");
const { TextDocument } = require("vscode-languageserver-textdocument");

const program = process.env.CROSSFOOT;
assert.ok(program, "CROSSFOOT is to be the path of the program");

const DRAFT = `# Aid 𝄞

The grant — “a lot” 👩‍🚀 — is $290 million over four years, or $82.5 million a year.
`;

/** A server in a folder with a draft, and a document that is kept as an editor does. */
async function desk(use) {
  const folder = mkdtempSync(join(tmpdir(), "crossfoot-"));
  const file = join(folder, "draft.md");
  writeFileSync(file, DRAFT);
  const server = spawn(program, ["lsp"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(server.stdout),
    new protocol.StreamMessageWriter(server.stdin),
  );
  const published = new Map();
  connection.onNotification(protocol.PublishDiagnosticsNotification.type, (one) => {
    published.set(one.uri, one);
  });
  const registered = [];
  connection.onRequest(protocol.RegistrationRequest.type, (asked) => {
    registered.push(...asked.registrations.map((one) => one.method));
  });
  connection.listen();
  const started = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "desk" }],
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      workspace: {
        workspaceEdit: { documentChanges: true, resourceOperations: ["create"] },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
      textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
    },
    initializationOptions: { inlayHints: true },
  });
  await connection.sendNotification(protocol.InitializedNotification.type, {});
  const uri = pathToFileURL(file).href;
  try {
    await use({ connection, started, published, registered, uri });
    await connection.sendRequest(protocol.ShutdownRequest.type);
    const ended = once(server, "exit");
    await connection.sendNotification(protocol.ExitNotification.type);
    assert.deepEqual(await ended, [0, null]);
  } finally {
    server.kill();
    connection.dispose();
    rmSync(folder, { recursive: true });
  }
}

test("a draft is checked, told of, mended and closed", () =>
  desk(async ({ connection, started, published, registered, uri }) => {
    assert.equal(started.capabilities.positionEncoding, "utf-16");
    let document = TextDocument.create(uri, "markdown", 1, DRAFT);
    await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "markdown", version: 1, text: DRAFT },
    });
    const position = document.positionAt(DRAFT.indexOf("290"));
    const hover = await connection.sendRequest(protocol.HoverRequest.type, { textDocument: { uri }, position });
    assert.match(hover.contents.value, /\$82\.5 million a year × four years = \$330 million/);
    assert.equal(document.getText(hover.range), "$290 million");
    assert.deepEqual(registered, ["workspace/didChangeWatchedFiles"]);
    const said = published.get(uri);
    assert.equal(said.version, 1);
    assert.deepEqual(said.diagnostics.map((one) => one.code), ["wrong-rate"]);
    assert.equal(document.getText(said.diagnostics[0].range), "$82.5 million a year");
    assert.equal(document.getText(said.diagnostics[0].relatedInformation[0].location.range), "$290 million");

    const actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: said.diagnostics },
    });
    const mend = actions.find((one) => one.title === 'Write "$330 million" instead of "$290 million"');
    assert.equal(mend.diagnostics[0].code, "wrong-rate");
    const [change] = mend.edit.documentChanges;
    const mended = TextDocument.applyEdits(document, change.edits);
    assert.match(mended, /is \$330 million over/);
    const contentChanges = change.edits.map(({ range, newText }) => ({ range, text: newText }));
    document = TextDocument.update(document, contentChanges, 2);
    await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: 2 },
      contentChanges,
    });
    const whole = { start: { line: 0, character: 0 }, end: document.positionAt(mended.length) };
    const hints = await connection.sendRequest(protocol.InlayHintRequest.type, { textDocument: { uri }, range: whole });
    assert.deepEqual(hints, []);
    assert.deepEqual(published.get(uri), { uri, version: 2, diagnostics: [] });
    await connection.sendNotification(protocol.DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    await assert.rejects(
      connection.sendRequest(protocol.HoverRequest.type, { textDocument: { uri }, position }),
      (error) => error.code === protocol.ErrorCodes.InvalidParams,
    );
    await assert.rejects(
      connection.sendRequest("crossfoot/nothing"),
      (error) => error.code === protocol.ErrorCodes.MethodNotFound,
    );
  }));

/** The part of the editor that the extension itself uses, to see what it does with it. */
function editor(answer) {
  const commands = new Map();
  const done = [];
  const document = { version: 3 };
  return {
    commands,
    done,
    api: {
      commands: {
        registerCommand: (name, act) => (commands.set(name, act), { dispose() {} }),
        executeCommand: async () => {},
      },
      workspace: {
        onDidChangeConfiguration: () => ({ dispose() {} }),
        getConfiguration: () => ({ get: () => undefined }),
        openTextDocument: async () => document,
        applyEdit: async (edit) => done.push(edit.changes),
      },
      window: {
        showInputBox: async (asked) => {
          assert.ok(asked.validateInput(" "), "a reason is needed");
          assert.ok(asked.validateInput("so --> "), "a comment stays one");
          assert.equal(asked.validateInput("so it is"), undefined);
          return answer;
        },
        showWarningMessage: async (text) => done.push(text),
        showErrorMessage: async () => undefined,
      },
      Uri: { parse: (text) => text },
      Position: class { constructor(line, character) { Object.assign(this, { line, character }); } },
      WorkspaceEdit: class { changes = []; insert(...all) { this.changes.push(all); } },
    },
  };
}

/** Loads the packed extension with an editor of which all else is a class without parts. */
function loaded({ api }) {
  const blank = () => new Proxy(class {}, { get: (own, key) => own[key] ?? (key === "prototype" ? own.prototype : blank()) });
  const vscode = new Proxy(api, { get: (own, key) => own[key] ?? blank() });
  const load = Module._load;
  Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
  try {
    const path = require.resolve("../dist/extension.js");
    delete require.cache[path];
    return require(path);
  } finally {
    Module._load = load;
  }
}

test("the extension asks for the reason and writes the comment", async () => {
  const comment = {
    uri: "file:///draft.md", version: 3, position: { line: 2, character: 0 },
    before: "<!-- crossfoot-ignore wrong-rate: ", behind: " -->\n",
  };
  for (const [answer, version, expected] of [
    [" the minister's own sum ", 3, "<!-- crossfoot-ignore wrong-rate: the minister's own sum -->\n"],
    [undefined, 3, undefined],
    ["so", 2, "changed"],
  ]) {
    const one = editor(answer);
    // This editor has what the command needs, and not enough to start a server.
    await loaded(one).activate({ subscriptions: [] }).catch(() => {});
    await one.commands.get("crossfoot.silence")({ ...comment, version });
    if (expected === undefined) {
      assert.deepEqual(one.done, []);
    } else if (expected === "changed") {
      assert.match(one.done[0], /has changed/);
    } else {
      assert.deepEqual(one.done, [[["file:///draft.md", new one.api.Position(2, 0), expected]]]);
    }
  }
});

test("what is packed is what is there", () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url)));
  assert.equal(manifest.main, "./dist/extension.js");
  assert.equal(manifest.contributes.configuration.properties["crossfoot.inlayHints"].default, false);
  assert.ok(readFileSync(new URL("../crossfoot.vsix", import.meta.url)).length < 1 << 20);
});
