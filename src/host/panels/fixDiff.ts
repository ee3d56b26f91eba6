import * as vscode from 'vscode';
import type { FixText } from '../../core/doctor/report.js';

/** What a fix would change, in VS Code's own diff editor: two documents that are nowhere but here. */
export class FixDiff implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #scheme: string;
  readonly #registration: vscode.Disposable;
  #count = 0;

  /** `scheme`: of nobody else, who would answer for its documents. */
  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => this.#texts.get(uri.path) ?? '',
    });
  }

  async show({ title, fileName, before, after }: FixText): Promise<void> {
    this.#count += 1;
    this.#texts.clear();
    const sides = [before, after].map((text, index) => {
      const path = `/${this.#count}/${index === 0 ? 'now' : 'after'}/${fileName}`;
      this.#texts.set(path, text);
      return vscode.Uri.from({ scheme: this.#scheme, path });
    });
    await vscode.commands.executeCommand('vscode.diff', ...sides, `${title}: ${fileName}`, { preview: true });
  }

  /** The tabs that showed it. */
  async close(): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all);
    const own = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === this.#scheme,
    );
    await vscode.window.tabGroups.close(own);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Asks while the diff is shown, once; `scheme` is the asker's alone. */
export async function besideDiff(scheme: string, text: FixText, ask: () => Promise<boolean>): Promise<boolean> {
  const diff = new FixDiff(scheme);
  try {
    await diff.show(text);
    return await ask();
  } finally {
    await diff.close();
    diff.dispose();
  }
}
