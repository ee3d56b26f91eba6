import * as vscode from 'vscode';
import type {
  ComparedAttributes,
  ComparedFilter,
  ComparisonProgress,
  ComparisonResult,
  ManifestComparison,
  StartComparison,
} from '../../core/compare/manifestComparison.js';
import { Failure } from '../../core/failure.js';
import type { ManifestScan } from '../../core/manifest/manifestScan.js';
import type { ObjectStore } from '../../core/ports.js';
import type { Handlers, Host } from '../../protocol/channel.js';
import type { ComparedWith, ManifestEditor } from '../../protocol/manifestEditor.js';
import { manifestBytes, watchManifest } from './manifestContent.js';
import { readPictureOf } from './manifestPictures.js';
import type { ReadLines } from './shownManifest.js';

/** What a manifest is to be compared with: another one, or another label attribute of its own. */
export interface ComparisonChoice {
  readonly there: vscode.Uri;
  readonly attributes: ComparedAttributes;
}

interface EditorComparisonDeps {
  readonly here: vscode.Uri;
  readonly start: StartComparison;
  readonly store: () => Promise<ObjectStore>;
  readonly channel: () => Host<ManifestEditor>;
  readonly isVisible: () => boolean;
}

type ComparisonHandlers = Pick<
  Handlers<ManifestEditor>,
  {
    [M in keyof ManifestEditor['requests']]: M extends `compare.${string}` ? M : never;
  }[keyof ManifestEditor['requests']]
>;

/** What one editor of a manifest compares it with. The page's request to compare reads both manifests anew. */
export class EditorComparison implements vscode.Disposable {
  readonly #deps: EditorComparisonDeps;
  #choice: ComparisonChoice | undefined;
  #running: ManifestComparison | undefined;
  /** The list that its page shows in the place of the rows. */
  #listed: ComparedFilter | undefined;
  /** Under way where what was compared had died. */
  #reviving: { readonly comparison: Promise<ManifestComparison>; readonly closing: AbortController } | undefined;
  #isStale = true;
  #watching: vscode.Disposable | undefined;

  constructor(deps: EditorComparisonDeps) {
    this.#deps = deps;
  }

  choose(choice: ComparisonChoice): void {
    this.dispose();
    this.#choice = choice;
    const { store, channel, isVisible } = this.#deps;
    if (choice.there.toString() !== this.#deps.here.toString()) {
      this.#watching = watchManifest(choice.there, store, {
        isVisible,
        onChange: () => {
          this.#isStale = true;
          channel().emit('compare.outdated', undefined);
        },
      });
    }
    channel().emit('compare.chosen', this.#told(choice));
  }

  /** The manifest of the editor itself was written anew. */
  outdate(): void {
    this.#isStale = true;
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#watching = undefined;
    this.#running?.dispose();
    this.#running = undefined;
    this.#reviving?.closing.abort();
    this.#isStale = true;
    this.#listed = undefined;
    this.#choice = undefined;
  }

  /** Reads the objects of here that the comparison's list shows; `undefined` where the page shows none. */
  linesOf(scan: Pick<ManifestScan, 'text'>): ReadLines | undefined {
    const filter = this.#listed;
    if (!filter) {
      return undefined;
    }
    return async (first, count, signal) => {
      if (this.#isStale) {
        throw new Error(vscode.l10n.t('What is compared has changed since. Compare again before its rows are used.'));
      }
      const { ofHere, rows } = await this.#ask((compared) => compared.rows(filter, first, count, signal));
      const lines = rows.flatMap(({ here }) => here?.line ?? []);
      const texts = lines.map(async (line) => ({ line, text: await scan.text(line, signal) }));
      return { total: ofHere, lines: await Promise.all(texts) };
    };
  }

  handlers(): ComparisonHandlers {
    return {
      'compare.read': async () => this.#choice && this.#told(this.#choice),
      'compare.choose': async () => {
        await vscode.commands.executeCommand('groundTruth.compareManifest');
      },
      'compare.run': (attributes, signal) =>
        this.#run(attributes, (progress) => this.#deps.channel().emit('compare.progress', progress), signal),
      'compare.rows': ({ filter, first, count }, signal) =>
        this.#ask((compared) => compared.rows(filter, first, count, signal)),
      'compare.place': ({ filter, line }, signal) => this.#ask((compared) => compared.placeOf(filter, line, signal)),
      'compare.picture': async ({ line, source }, signal) => {
        const from = { manifest: this.#chosen.there, store: this.#deps.store };
        const lineText = await this.#ask((compared) => compared.lineThere(line, signal));
        return readPictureOf({ lineText, source }, from, signal);
      },
      'compare.open': async ({ line }) => {
        const { there } = this.#chosen;
        const selection = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
        const editor = line === undefined ? 'groundTruth.manifest' : 'default';
        await vscode.commands.executeCommand('vscode.openWith', there, editor, selection && { selection });
      },
      'compare.swap': async () => {
        const { there, attributes } = this.#chosen;
        const swapped = { here: attributes.there, there: attributes.here };
        await vscode.commands.executeCommand('groundTruth.compareManifest', there, {
          there: this.#deps.here,
          attributes: swapped,
        } satisfies ComparisonChoice);
      },
      'compare.show': async ({ filter }) => {
        this.#listed = filter;
      },
      'compare.close': async () => this.dispose(),
    };
  }

  get #chosen(): ComparisonChoice {
    if (!this.#choice) {
      throw new Error('Nothing is compared with this manifest');
    }
    return this.#choice;
  }

  /** Asks what has compared the manifests. Where that has died, who asks is told; who asks again has it done anew. */
  async #ask<T>(question: (compared: ManifestComparison) => Promise<T>): Promise<T> {
    const compared = this.#running ?? (await this.#revive());
    try {
      return await question(compared);
    } catch (error) {
      if (Failure.is(error, 'worker.died') && this.#running === compared) {
        this.#running = undefined;
      }
      throw error;
    }
  }

  /** Compares once for all who ask meanwhile. */
  async #revive(): Promise<ManifestComparison> {
    if (!this.#reviving) {
      const closing = new AbortController();
      const comparison = this.#run(this.#chosen.attributes, () => undefined, closing.signal).then(() => this.#compared);
      this.#reviving = { comparison, closing };
    }
    const { comparison } = this.#reviving;
    try {
      return await comparison;
    } finally {
      this.#reviving = undefined;
    }
  }

  get #compared(): ManifestComparison {
    if (!this.#running) {
      throw chosenAnew();
    }
    return this.#running;
  }

  async #run(
    attributes: ComparedAttributes,
    onProgress: (progress: ComparisonProgress) => void,
    signal: AbortSignal,
  ): Promise<ComparisonResult> {
    const choice = { ...this.#chosen, attributes };
    this.#choice = choice;
    if (this.#isStale || !this.#running) {
      const { here, start, store } = this.#deps;
      this.#isStale = false; // What changes from here on makes it so again.
      const isOne = choice.there.toString() === here.toString();
      const bytes = {
        here: await manifestBytes(here, store),
        there: isOne ? undefined : await manifestBytes(choice.there, store),
      };
      signal.throwIfAborted(); // A later request has begun what is wanted now.
      if (this.#choice !== choice) {
        throw chosenAnew();
      }
      this.#running?.dispose();
      this.#running = start(bytes);
    }
    const running = this.#running;
    try {
      return await running.run(attributes, onProgress, signal);
    } catch (error) {
      // What was read in part only is of no use: the next request begins anew.
      running.dispose();
      if (this.#running === running) {
        this.#running = undefined;
      }
      throw error;
    }
  }

  #told({ there, attributes }: ComparisonChoice): ComparedWith {
    return {
      name: there.path.slice(there.path.lastIndexOf('/') + 1),
      place: there.toString(true),
      isSameManifest: there.toString() === this.#deps.here.toString(),
      attributes,
    };
  }
}

function chosenAnew(): Error {
  return new Error(vscode.l10n.t('What is to be compared was chosen anew meanwhile. Compare again.'));
}
