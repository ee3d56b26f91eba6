import * as vscode from 'vscode';
import type { RowQuery } from '../../core/manifest/arrangement.js';
import type { StartManifestScan } from '../../core/manifest/manifestScan.js';
import type { ObjectStore } from '../../core/ports.js';
import { type Handlers, serve } from '../../protocol/channel.js';
import type { ManifestEditor } from '../../protocol/manifestEditor.js';
import type { Connection } from '../support/connection.js';
import { pageHtml, pageOptions, webviewPort } from '../support/webview.js';
import { worded } from '../support/wordedHandlers.js';
import { type EstimateJob, JobAnalyst } from './jobAnalyst.js';
import { ManifestModel } from './manifestModel.js';
import { readPicture } from './manifestPictures.js';
import { readResponses } from './manifestResponses.js';
import type { ShownManifest } from './shownManifest.js';

interface ManifestEditorDeps {
  readonly extension: vscode.Uri;
  readonly connection: Connection;
  readonly start: StartManifestScan;
  readonly estimate: EstimateJob;
  readonly log: (error: Error | string) => void;
}

/** A panel, and the rows that its page has arranged. */
interface Front {
  readonly panel: vscode.WebviewPanel;
  readonly model: ManifestModel;
  query: RowQuery;
}

const allRows: RowQuery = {
  attribute: undefined,
  filter: { classes: [], confidence: undefined, states: [], text: '' },
  sort: { by: 'line', isDescending: false },
};

/** Shows what a manifest says. It only reads: whoever wants to write opens the manifest as text. */
export class ManifestEditorProvider implements vscode.CustomReadonlyEditorProvider<ManifestModel> {
  readonly #extension: vscode.Uri;
  readonly #connection: Connection;
  readonly #start: StartManifestScan;
  readonly #estimate: EstimateJob;
  readonly #log: (error: Error | string) => void;
  readonly #fronts = new Set<Front>();
  readonly #panels = new WeakMap<ManifestModel, Set<vscode.WebviewPanel>>();

  constructor({ extension, connection, log, start, estimate }: ManifestEditorDeps) {
    this.#extension = extension;
    this.#connection = connection;
    this.#start = start;
    this.#estimate = estimate;
    this.#log = log;
  }

  /** The manifest of the editor in front, with the rows that it shows. */
  get shown(): ShownManifest | undefined {
    const front = [...this.#fronts].find(({ panel }) => panel.active);
    return front && { uri: front.model.uri, scan: front.model.scan, query: front.query };
  }

  openCustomDocument(uri: vscode.Uri): ManifestModel {
    const model = new ManifestModel(uri, this.#start, this.#store);
    const panels = new Set<vscode.WebviewPanel>();
    this.#panels.set(model, panels);
    model.isVisible = () => [...panels].some(({ visible }) => visible);
    return model;
  }

  resolveCustomEditor(model: ManifestModel, panel: vscode.WebviewPanel): void {
    this.#panels.get(model)?.add(panel);
    const front: Front = { panel, model, query: allRows };
    this.#fronts.add(front);
    const analyst = new JobAnalyst(model.uri, { store: this.#store, estimate: this.#estimate });
    const handlers: Handlers<ManifestEditor> = {
      'manifest.read': (_params, signal) => model.state(signal),
      'manifest.rescan': async () => model.retry(),
      'problems.read': ({ first, count }, signal) => model.scan.problems(first, count, signal),
      'rows.read': ({ query, first, count }, signal) => model.scan.rows(query, first, count, signal),
      'line.read': ({ line }, signal) => model.scan.text(line, signal),
      'picture.read': async ({ line }, signal) =>
        readPicture(await model.scan.text(line, signal), model.uri, this.#store, signal),
      'responses.read': ({ line }) => readResponses(model.uri, line),
      'analysis.read': (_params, signal) =>
        analyst.analyze(model.scan, (progress) => channel.emit('analysis.progress', progress), signal),
      'confusion.read': async ({ worker }) => analyst.confusion(worker),
      'query.show': async ({ query }) => {
        front.query = query;
      },
      'actions.show': async () => {
        await vscode.commands.executeCommand('groundTruth.useManifest');
      },
      'text.open': async ({ line }) => {
        const selection = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
        await vscode.commands.executeCommand('vscode.openWith', model.uri, 'default', selection && { selection });
      },
    };
    const wording = { isForPage: () => false, log: this.#log };
    const channel = serve<ManifestEditor>(webviewPort(panel.webview), worded(handlers, wording));
    const changing = model.onDidChange((progress) => channel.emit('manifest.changed', { progress }));
    panel.onDidDispose(() => {
      this.#fronts.delete(front);
      this.#panels.get(model)?.delete(panel);
      changing.dispose();
      channel.dispose();
    });
    panel.webview.options = pageOptions(this.#extension);
    panel.webview.html = pageHtml(panel.webview, this.#extension, 'manifest');
  }

  // A connection may be changed while the editor is open: it is asked each time.
  readonly #store = async (): Promise<ObjectStore> => (await this.#connection.services()).objects;
}
