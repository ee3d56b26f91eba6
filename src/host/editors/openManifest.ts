import * as vscode from 'vscode';
import type { RowQuery } from '../../core/manifest/arrangement.js';
import type { StartManifestScan } from '../../core/manifest/manifestScan.js';
import type { ObjectStore } from '../../core/ports.js';
import { placeReview } from '../../core/review/placedReview.js';
import type { Decided } from '../../core/review/review.js';
import type { Host } from '../../protocol/channel.js';
import type { ManifestEditor } from '../../protocol/manifestEditor.js';
import type { EditorComparison } from './editorComparison.js';
import type { KeptReviews } from './keptReviews.js';
import { warn } from '../support/prompts.js';
import { ManifestModel } from './manifestModel.js';
import { type OpenReview, stateOf } from './reviewHandlers.js';

/** An editor of a manifest, and the rows that its page has arranged. */
export interface OpenEditor {
  readonly panel: vscode.WebviewPanel;
  readonly channel: Host<ManifestEditor>;
  query: RowQuery;
  readonly comparison: EditorComparison;
}

interface OpenManifestDeps {
  readonly start: StartManifestScan;
  readonly store: () => Promise<ObjectStore>;
  readonly reviews: KeptReviews;
}

/** A manifest that is open, in any number of editors: what it says, and what is decided of it. */
export class OpenManifest implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly model: ManifestModel;
  readonly editors = new Set<OpenEditor>();
  readonly review: Promise<OpenReview>;
  readonly #closing = new AbortController();

  constructor(uri: vscode.Uri, { start, store, reviews }: OpenManifestDeps) {
    this.uri = uri;
    this.model = new ManifestModel(uri, start, store);
    this.model.isVisible = () => [...this.editors].some(({ panel }) => panel.visible);
    this.review = this.#openReview(reviews);
    this.model.onDidChange(({ kind }) => {
      if (kind === 'complete') {
        void this.#placeReview();
      }
    });
  }

  dispose(): void {
    this.#closing.abort();
    this.model.dispose();
    void this.review.then(({ flush }) => flush());
  }

  async #openReview(reviews: KeptReviews): Promise<OpenReview> {
    const review = await reviews.open(this.uri);
    const kept = reviews.keeper(this.uri, review);
    const changed = (decided: Decided | undefined) => {
      for (const { channel } of this.editors) {
        channel.emit('review.changed', { decided, state: stateOf(review) });
      }
      return kept.keep();
    };
    return { review, changed, flush: () => kept.keep() };
  }

  /** Decisions go to where their objects are now; those of objects that are gone are told of, and kept. */
  async #placeReview(): Promise<void> {
    const { review, changed } = await this.review;
    const { lost: before } = review;
    try {
      if (await placeReview(this.model.scan, review, this.#closing.signal)) {
        await changed(undefined);
      }
    } catch {
      return; // The manifest was replaced or closed meanwhile: its next version is placed in turn.
    }
    if (review.lost > before) {
      warn(
        vscode.l10n.t(
          '"{0}" has changed. Decisions of its review whose objects are not in the manifest any more, or whose labels say something else now: {1}. They are kept until you discard the review.',
          this.model.name,
          review.lost,
        ),
      );
    }
  }
}
