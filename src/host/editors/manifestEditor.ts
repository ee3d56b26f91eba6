import * as vscode from 'vscode';
import type { RowQuery } from '../../core/manifest/arrangement.js';
import type { StartComparison } from '../../core/compare/manifestComparison.js';
import type { StartManifestScan } from '../../core/manifest/manifestScan.js';
import type { ThumbnailCache } from '../../core/manifest/thumbnailCache.js';
import type { ObjectStore } from '../../core/ports.js';
import { type Handlers, serve } from '../../protocol/channel.js';
import type { ManifestEditor } from '../../protocol/manifestEditor.js';
import type { Connection } from '../support/connection.js';
import { pageHtml, pageOptions, webviewPort } from '../support/webview.js';
import { worded } from '../support/wordedHandlers.js';
import { type ComparisonChoice, EditorComparison } from './editorComparison.js';
import { chartHandlers } from './chartHandlers.js';
import { type EstimateJob, JobAnalyst } from './jobAnalyst.js';
import { KeptReviews, type ReviewFiles } from './keptReviews.js';
import { readMask, readPicture } from './manifestPictures.js';
import { readResponses } from './manifestResponses.js';
import { type OpenEditor, OpenManifest } from './openManifest.js';
import { reviewHandlers } from './reviewHandlers.js';
import { rowLookHandlers } from './rowLook.js';
import type { ShownManifest } from './shownManifest.js';
import { thumbnailHandlers } from './thumbnailHandlers.js';

interface ManifestEditorDeps {
  readonly extension: vscode.Uri;
  readonly connection: Connection;
  readonly start: StartManifestScan;
  readonly estimate: EstimateJob;
  readonly compare: StartComparison;
  /** Where reviews are kept that are not finished. */
  readonly reviews: ReviewFiles;
  readonly thumbnails: ThumbnailCache;
  /** Where it is remembered how rows were shown last. */
  readonly memory: vscode.Memento;
  readonly log: (error: Error | string) => void;
}

const allRows: RowQuery = {
  attribute: undefined,
  filter: { classes: [], confidence: undefined, states: [], text: '' },
  sort: { by: 'line', isDescending: false },
};

/** Shows what a manifest says. It never writes to it: what is reviewed goes into a manifest of its own. */
export class ManifestEditorProvider implements vscode.CustomReadonlyEditorProvider<OpenManifest> {
  readonly #extension: vscode.Uri;
  readonly #connection: Connection;
  readonly #start: StartManifestScan;
  readonly #estimate: EstimateJob;
  readonly #compare: StartComparison;
  readonly #log: (error: Error | string) => void;
  readonly #reviews: KeptReviews;
  readonly #thumbnails: ThumbnailCache;
  readonly #memory: vscode.Memento;
  readonly #open = new Set<OpenManifest>();

  constructor({
    extension,
    connection,
    log,
    start,
    estimate,
    compare,
    reviews,
    thumbnails,
    memory,
  }: ManifestEditorDeps) {
    this.#extension = extension;
    this.#connection = connection;
    this.#start = start;
    this.#estimate = estimate;
    this.#compare = compare;
    this.#reviews = new KeptReviews(reviews);
    this.#log = log;
    this.#thumbnails = thumbnails;
    this.#memory = memory;
  }

  /** The manifest of the editor in front, with the rows that it shows. */
  get shown(): ShownManifest | undefined {
    for (const { uri, model, editors, review } of this.#open) {
      const front = [...editors].find(({ panel }) => panel.active);
      if (front) {
        const { scan, isRead } = model;
        const whenRead = isRead ? undefined : (signal: AbortSignal) => model.whenRead(signal);
        return { uri, scan, whenRead, query: front.query, compared: front.comparison.linesOf(scan), review };
      }
    }
    return undefined;
  }

  /** Shows in the editor in front what differs from what was chosen. */
  compare(choice: ComparisonChoice): void {
    for (const { editors } of this.#open) {
      [...editors].find(({ panel }) => panel.active)?.comparison.choose(choice);
    }
  }

  /** All manifests that are open in an editor. */
  get open(): readonly vscode.Uri[] {
    return [...this.#open].map(({ uri }) => uri);
  }

  openCustomDocument(uri: vscode.Uri): OpenManifest {
    return new OpenManifest(uri, { start: this.#start, store: this.#store, reviews: this.#reviews });
  }

  resolveCustomEditor(opened: OpenManifest, panel: vscode.WebviewPanel): void {
    const { model } = opened;
    const analyst = new JobAnalyst(model.uri, { store: this.#store, estimate: this.#estimate });
    const pictures = { manifest: model.uri, store: this.#store };
    const thumbnails = thumbnailHandlers({
      pictures,
      lineText: (line, signal) => model.scan.text(line, signal),
      cache: this.#thumbnails,
    });
    const outdatePictures = () => {
      thumbnails.forget();
      channel.emit('pictures.outdated', undefined);
    };
    const comparison = new EditorComparison({
      here: model.uri,
      start: this.#compare,
      store: this.#store,
      channel: () => channel,
      isVisible: () => panel.visible,
    });
    const handlers: Handlers<ManifestEditor> = {
      'manifest.read': (_params, signal) => model.state(signal),
      'manifest.rescan': async () => model.retry(),
      'problems.read': ({ first, count }, signal) => model.scan.problems(first, count, signal),
      'rows.read': ({ query, ...range }, signal) => model.scan.rows(query, range, signal),
      'rows.search': ({ query }, signal) => model.scan.search(query, signal),
      'place.find': ({ query, line }, signal) => model.scan.placeOf(query, line, signal),
      'line.read': ({ line }, signal) => model.scan.text(line, signal),
      'picture.read': async ({ line, source }, signal) =>
        readPicture({ lineText: await model.scan.text(line, signal), source }, pictures, signal),
      ...thumbnails.handlers,
      'pictures.refresh': async () => outdatePictures(),
      'connection.choose': async () => {
        await vscode.commands.executeCommand('groundTruth.chooseConnection');
      },
      ...rowLookHandlers(this.#memory),
      'responses.read': ({ line }) => readResponses(model.uri, line),
      'analysis.read': (_params, signal) =>
        analyst.analyze(model, (progress) => channel.emit('analysis.progress', progress), signal),
      'confusion.read': async ({ worker }) => analyst.confusion(worker),
      'query.show': async ({ query }) => {
        editor.query = query;
      },
      'actions.show': async () => {
        await vscode.commands.executeCommand('groundTruth.useManifest');
      },
      'manifest.check': async () => {
        await vscode.commands.executeCommand('groundTruth.checkManifest', model.uri);
      },
      ...chartHandlers(model, pictures, (progress) => channel.emit('sources.progress', progress)),
      ...reviewHandlers(model, opened.review),
      ...comparison.handlers(),
      'text.open': async ({ line }) => {
        const selection = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
        await vscode.commands.executeCommand('vscode.openWith', model.uri, 'default', selection && { selection });
      },
      'mask.read': async ({ line, ...asked }, signal) =>
        readMask({ ...asked, lineText: await model.scan.text(line, signal) }, pictures, signal),
    };
    const wording = { isForPage: () => false, log: this.#log };
    const channel = serve<ManifestEditor>(webviewPort(panel.webview), worded(handlers, wording));
    const editor: OpenEditor = { panel, channel, query: allRows, comparison };
    opened.editors.add(editor);
    this.#open.add(opened);
    const changing = model.onDidChange((progress) => {
      comparison.outdate();
      channel.emit('manifest.changed', { progress });
    });
    const connecting = [
      this.#connection.onDidChange(outdatePictures),
      this.#connection.onDidRecover(outdatePictures), // What works again may be another account's.
    ];
    panel.onDidDispose(() => {
      opened.editors.delete(editor);
      changing.dispose();
      connecting.forEach((listening) => listening.dispose());
      comparison.dispose();
      channel.dispose();
      if (opened.editors.size === 0) {
        this.#open.delete(opened);
      }
    });
    panel.webview.options = pageOptions(this.#extension);
    panel.webview.html = pageHtml(panel.webview, this.#extension, 'manifest');
  }

  // A connection may be changed while the editor is open: it is asked each time.
  readonly #store = async (): Promise<ObjectStore> => (await this.#connection.services()).objects;
}
