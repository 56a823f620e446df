// Starts `crossfoot lsp` for texts, claims files, rules and configurations, and asks for reasons.

import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

/** The command that the server offers in place of a comment without a reason. */
const SILENCE = "crossfoot.silence";

/** Where the comment goes that lets a finding stand, and what stands around its reason. */
interface Comment {
  uri: string;
  version: number;
  position: { line: number; character: number };
  before: string;
  behind: string;
}

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand(SILENCE, silence),
    vscode.commands.registerCommand("crossfoot.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (changed) => {
      if (changed.affectsConfiguration("crossfoot.path")) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function restart(): Promise<void> {
  await client?.dispose();
  client = undefined;
  await start();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("crossfoot");
  const command = settings.get<string>("path") || "crossfoot";
  const server: ServerOptions = { command, args: ["lsp"] };
  const languages = ["markdown", "plaintext", "html", "toml"];
  const options: LanguageClientOptions = {
    documentSelector: languages.flatMap((language) =>
      ["file", "untitled"].map((scheme) => ({ scheme, language })),
    ),
    initializationOptions: {
      inlayHints: settings.get<boolean>("inlayHints") ?? false,
      silenceCommand: SILENCE,
    },
    synchronize: { configurationSection: "crossfoot" },
  };
  client = new LanguageClient("crossfoot", "Crossfoot", server, options);
  try {
    await client.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const settings = "Open settings";
    const chosen = await vscode.window.showErrorMessage(
      `Crossfoot: ${command} could not be started: ${reason}`,
      settings,
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "crossfoot.path");
    }
  }
}

/** Asks why a finding stands, and writes the comment with the answer. */
async function silence(comment: Comment): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: "Let it stand",
    prompt: "Why does it stand? The reason is kept in the text.",
    validateInput: (text) => {
      if (text.trim() === "") {
        return "Without a reason nothing is silenced.";
      }
      return text.includes("-->") ? "--> would end the comment." : undefined;
    },
  });
  if (reason === undefined) {
    return;
  }
  const uri = vscode.Uri.parse(comment.uri);
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.version !== comment.version) {
    void vscode.window.showWarningMessage("The text has changed in the meantime; please choose it again.");
    return;
  }
  const { line, character } = comment.position;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(line, character), comment.before + reason.trim() + comment.behind);
  await vscode.workspace.applyEdit(edit);
}
