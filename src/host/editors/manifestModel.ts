import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import type { ManifestBytes, ManifestScan, StartManifestScan } from '../../core/manifest/manifestScan.js';
import type { ObjectStore } from '../../core/ports.js';
import type { ManifestProgress, ManifestState } from '../../protocol/manifestEditor.js';
import { untilAborted } from '../support/abort.js';
import { noticeFor } from '../support/notices.js';
import { manifestBytes, watchManifest } from './manifestContent.js';

/** So often in a row a manifest may be replaced while it is being scanned. */
const mostAttempts = 5;

/**
 * One open manifest, whatever number of editors show it: the scan of its present version, and the next one when it is
 * written anew. Where it has only grown, the same scan goes on. Otherwise the present version answers until the next one is complete.
 */
export class ManifestModel implements vscode.Disposable {
  readonly uri: vscode.Uri;
  readonly #start: StartManifestScan;
  readonly #store: () => Promise<ObjectStore>;
  readonly #changed = new vscode.EventEmitter<ManifestProgress>();
  readonly onDidChange = this.#changed.event;
  readonly #watching: vscode.Disposable;
  #isVisible: () => boolean = () => true;
  #current: ManifestScan | undefined;
  #next: ManifestScan | undefined;
  /** Whether the current one was scanned to its end, so that it can go on where the manifest has only grown. */
  #isWhole = false;
  #progress: ManifestProgress = { kind: 'scanning', scannedBytes: 0, totalBytes: 0 };
  #version = 0;
  #failure: Error | undefined;
  #isStale = false;
  #isScanning = false;
  #isClosed = false;

  constructor(uri: vscode.Uri, start: StartManifestScan, store: () => Promise<ObjectStore>) {
    this.uri = uri;
    this.#start = start;
    this.#store = store;
    this.#watching = watchManifest(uri, store, {
      isVisible: () => this.#isVisible(),
      onChange: () => this.rescan(),
    });
    this.rescan();
  }

  /** Tells whether any editor of this manifest can be seen. */
  set isVisible(isVisible: () => boolean) {
    this.#isVisible = isVisible;
  }

  /** Rejects as reading the manifest did, where nothing of it could be read. */
  get scan(): ManifestScan {
    if (!this.#current) {
      throw this.#failure ?? new Error('The manifest is not open yet');
    }
    return this.#current;
  }

  /** One more for each version of the file that is shown. */
  get version(): number {
    return this.#version;
  }

  get name(): string {
    return this.uri.path.slice(this.uri.path.lastIndexOf('/') + 1);
  }

  async state(signal: AbortSignal): Promise<ManifestState> {
    const summary = await this.#current?.summary(signal);
    return {
      name: this.name,
      version: this.#version,
      progress: this.#progress,
      ...(summary && { summary }),
    };
  }

  /** Whether what is shown was scanned to its end. */
  get isRead(): boolean {
    return this.#progress.kind === 'complete';
  }

  /** Resolves once it is; rejects where it cannot be. */
  async whenRead(signal: AbortSignal): Promise<void> {
    while (this.#progress.kind === 'scanning') {
      await untilAborted(this.#nextChange(), signal);
    }
    if (!this.isRead) {
      throw this.#failure ?? new Error('The manifest is not open yet');
    }
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const listening = this.onDidChange(() => {
        listening.dispose();
        resolve();
      });
    });
  }

  /** Scans what the manifest is now; at once, or after the scan under way. */
  rescan(): void {
    this.#isStale = true;
    if (!this.#isScanning) {
      void this.#scanUntilFresh();
    }
  }

  /** The same where the user asks for it, who wants to see that something is done. */
  retry(): void {
    this.#tell({ kind: 'scanning', scannedBytes: 0, totalBytes: 0 });
    this.rescan();
  }

  dispose(): void {
    this.#isClosed = true;
    this.#watching.dispose();
    this.#current?.dispose();
    this.#next?.dispose();
    this.#changed.dispose();
  }

  async #scanUntilFresh(): Promise<void> {
    this.#isScanning = true;
    let attempts = 0;
    while (this.#isStale && !this.#isClosed && attempts < mostAttempts) {
      this.#isStale = false;
      try {
        await this.#scanOnce();
        attempts = 0;
        this.#tell({ kind: 'complete' });
      } catch (error) {
        this.#next?.dispose();
        this.#next = undefined;
        attempts++;
        this.#failure = error instanceof Error ? error : new Error(String(error));
        this.#isStale ||= Failure.is(error, 'object.changed');
        if (!this.#isStale || attempts === mostAttempts) {
          this.#tell({ kind: 'failed', message: noticeFor(error).message });
        }
      }
    }
    this.#isScanning = false;
  }

  async #scanOnce(): Promise<void> {
    const bytes = await manifestBytes(this.uri, this.#store);
    if (this.#isClosed || (await this.#goOn(bytes))) {
      return;
    }
    const scan = this.#start(bytes);
    this.#next = scan;
    const isFirst = this.#current === undefined;
    if (isFirst) {
      this.#show(scan); // There is nothing else to show: it fills before the user's eyes.
    }
    await scan.finish(({ scannedBytes, totalBytes }) => {
      // Otherwise the version before is shown, complete, until this one is.
      if (this.#progress.kind === 'scanning') {
        this.#tell({ kind: 'scanning', scannedBytes, totalBytes });
      }
    });
    if (!isFirst) {
      this.#show(scan);
    }
    this.#isWhole = true;
  }

  /** Adds what is new to the scan that is shown; `false` where more has changed than that something was added. */
  async #goOn(bytes: ManifestBytes): Promise<boolean> {
    const scan = this.#isWhole ? this.#current : undefined;
    this.#isWhole = false; // Until it is known that nothing is missing.
    try {
      this.#isWhole = (await scan?.follow(bytes)) ?? false;
    } catch {
      // Whatever was in the way will be said of the scan of all of it, if it is still so.
    }
    this.#version += this.#isWhole ? 1 : 0;
    return this.#isWhole || this.#isClosed;
  }

  #show(scan: ManifestScan): void {
    this.#current?.dispose();
    this.#current = scan;
    this.#next = undefined;
    this.#version++;
  }

  #tell(progress: ManifestProgress): void {
    if (!this.#isClosed) {
      this.#progress = progress;
      this.#changed.fire(progress);
    }
  }
}
