import * as vscode from 'vscode';
import { parsePriceTable, type ReadPrices } from '../../core/cost/priceTable.js';

/** The price table: the user's copy where there is one, else the one that comes with the extension. */
export class PriceFile {
  readonly #shipped: vscode.Uri;
  readonly #own: vscode.Uri;

  /** `folder` is where the copy is or will be. */
  constructor(shipped: vscode.Uri, folder: vscode.Uri) {
    this.#shipped = shipped;
    this.#own = vscode.Uri.joinPath(folder, 'prices.json');
  }

  async read(): Promise<ReadPrices> {
    try {
      const bytes = await vscode.workspace.fs.readFile((await this.#hasOwn()) ? this.#own : this.#shipped);
      return { table: parsePriceTable(new TextDecoder().decode(bytes)) };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Opens the copy, which begins as what comes with the extension. Deleting it brings that back. */
  async edit(): Promise<void> {
    if (!(await this.#hasOwn())) {
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(this.#own, '..'));
      await vscode.workspace.fs.writeFile(this.#own, await vscode.workspace.fs.readFile(this.#shipped));
    }
    await vscode.window.showTextDocument(this.#own);
  }

  isOwn(uri: vscode.Uri): boolean {
    return uri.toString() === this.#own.toString();
  }

  async #hasOwn(): Promise<boolean> {
    try {
      await vscode.workspace.fs.stat(this.#own);
      return true;
    } catch {
      return false; // Nobody has edited it.
    }
  }
}
