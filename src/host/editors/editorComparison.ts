import * as vscode from 'vscode';
import type {
  ComparedAttributes,
  ComparedBytes,
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
import { untilAborted } from '../support/abort.js';
import { manifestBytes, watchManifest } from './manifestContent.js';
import { readPicture } from './manifestPictures.js';
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

interface Chosen {
  readonly there: vscode.Uri;
  /** Those that the page asked for last. */
  attributes: ComparedAttributes;
  /** Aborted when something else is chosen, or nothing. */
  readonly closing: AbortController;
}

/** What one editor of a manifest compares it with. The page's request to compare reads again what has changed. */
export class EditorComparison implements vscode.Disposable {
  readonly #deps: EditorComparisonDeps;
  #chosen: Chosen | undefined;
  /** Has rows. */
  #compared: ManifestComparison | undefined;
  /** The list that its page shows in the place of the rows. */
  #listed: ComparedFilter | undefined;
  /** Until the last run is over: runs follow each other. Fails as that does, unless that was given up. */
  #running: Promise<void> | undefined;
  /** How often the manifests changed, and how often they had when what was compared was begun. */
  #changes = 0;
  #changesRead = 0;
  #watching: vscode.Disposable | undefined;

  constructor(deps: EditorComparisonDeps) {
    this.#deps = deps;
  }

  choose(choice: ComparisonChoice): void {
    this.dispose();
    this.#chosen = { ...choice, closing: new AbortController() };
    const { store, channel, isVisible } = this.#deps;
    if (choice.there.toString() !== this.#deps.here.toString()) {
      this.#watching = watchManifest(choice.there, store, {
        isVisible,
        onChange: () => {
          this.outdate();
          channel().emit('compare.outdated', undefined);
        },
      });
    }
    channel().emit('compare.chosen', this.#told(this.#choice));
  }

  /** One of the manifests was written anew. */
  outdate(): void {
    this.#changes += 1;
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#watching = undefined;
    this.#compared?.dispose();
    this.#compared = undefined;
    this.#listed = undefined;
    this.#chosen?.closing.abort(
      new Error(
        vscode.l10n.t('This comparison has ended, since another one was begun or it was closed. Compare again.'),
      ),
    );
    this.#chosen = undefined;
  }

  /** Reads the objects of here that the comparison's list shows; `undefined` where the page shows none. */
  linesOf(scan: Pick<ManifestScan, 'text'>): ReadLines | undefined {
    const filter = this.#listed;
    if (!filter) {
      return undefined;
    }
    return async (first, count, signal) => {
      if (this.#changes !== this.#changesRead) {
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
      'compare.read': async () => this.#chosen && this.#told(this.#chosen),
      'compare.choose': async () => {
        await vscode.commands.executeCommand('groundTruth.compareManifest');
      },
      'compare.run': async (attributes, signal) => this.#run(this.#choice, attributes, signal),
      'compare.rows': ({ filter, first, count }, signal) =>
        this.#ask((compared) => compared.rows(filter, first, count, signal)),
      'compare.place': ({ filter, line }, signal) => this.#ask((compared) => compared.placeOf(filter, line, signal)),
      'compare.picture': async ({ line, source }, signal) => {
        const from = { manifest: this.#choice.there, store: this.#deps.store };
        const lineText = await this.#ask((compared) => compared.lineThere(line, signal));
        return readPicture({ lineText, source }, from, signal);
      },
      'compare.open': async ({ line }) => {
        const { there } = this.#choice;
        const selection = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
        const editor = line === undefined ? 'groundTruth.manifest' : 'default';
        await vscode.commands.executeCommand('vscode.openWith', there, editor, selection && { selection });
      },
      'compare.swap': async () => {
        const { there, attributes } = this.#choice;
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

  get #choice(): Chosen {
    if (!this.#chosen) {
      throw new Error('Nothing is compared with this manifest');
    }
    return this.#chosen;
  }

  /** Asks what has compared the manifests. Where that has died, who asks is told; who asks again has it done anew. */
  async #ask<T>(question: (compared: ManifestComparison) => Promise<T>): Promise<T> {
    const compared = await this.#ready();
    try {
      return await question(compared);
    } catch (error) {
      if (Failure.is(error, 'worker.died') && this.#compared === compared) {
        this.#compared = undefined;
      }
      throw error;
    }
  }

  /** Waits for the run that is under way; without one, or where it was given up, compares once for all who wait. */
  async #ready(): Promise<ManifestComparison> {
    const choice = this.#choice;
    const { signal } = choice.closing;
    while (!this.#compared) {
      await (this.#running ?? this.#run(choice, choice.attributes, signal));
      signal.throwIfAborted();
    }
    return this.#compared;
  }

  #run(choice: Chosen, attributes: ComparedAttributes, asked: AbortSignal): Promise<ComparisonResult> {
    choice.attributes = attributes;
    const signal = AbortSignal.any([asked, choice.closing.signal]);
    const before = this.#running;
    const result = (async () => {
      if (before) {
        await before.catch(() => undefined); // Whoever asked for that is told.
      }
      signal.throwIfAborted();
      return this.#compare(choice, attributes, signal);
    })();
    const running: Promise<void> = result.then(
      () => this.#forget(running),
      (error: unknown) => {
        this.#forget(running);
        if (!signal.aborted) {
          throw error;
        }
      },
    );
    running.catch(() => undefined); // Mostly nobody waits for it but who asked.
    this.#running = running;
    return result;
  }

  #forget(running: Promise<void>): void {
    if (this.#running === running) {
      this.#running = undefined;
    }
  }

  async #compare(choice: Chosen, attributes: ComparedAttributes, signal: AbortSignal): Promise<ComparisonResult> {
    const compared = await this.#upToDate(choice, signal);
    const tell = (progress: ComparisonProgress) => this.#deps.channel().emit('compare.progress', progress);
    try {
      const result = await compared.run(attributes, tell, signal);
      choice.closing.signal.throwIfAborted();
      this.#compared = compared;
      return result;
    } catch (error) {
      // What was read in part only is of no use: the next request begins anew.
      compared.dispose();
      if (this.#compared === compared) {
        this.#compared = undefined;
      }
      throw error;
    }
  }

  /** What was read, where nothing has changed since; what is there keeps its rows until something else is started. */
  async #upToDate({ there }: Chosen, signal: AbortSignal): Promise<ManifestComparison> {
    if (this.#compared && this.#changesRead === this.#changes) {
      return this.#compared;
    }
    const changes = this.#changes;
    const bytes = await untilAborted(this.#bytes(there), signal);
    signal.throwIfAborted();
    this.#compared?.dispose();
    this.#compared = undefined;
    this.#changesRead = changes;
    return this.#deps.start(bytes);
  }

  async #bytes(there: vscode.Uri): Promise<ComparedBytes> {
    const { here, store } = this.#deps;
    const isOne = there.toString() === here.toString();
    return {
      here: await manifestBytes(here, store),
      there: isOne ? undefined : await manifestBytes(there, store),
    };
  }

  #told({ there, attributes }: Chosen): ComparedWith {
    return {
      name: there.path.slice(there.path.lastIndexOf('/') + 1),
      place: there.toString(true),
      isSameManifest: there.toString() === this.#deps.here.toString(),
      attributes,
    };
  }
}
