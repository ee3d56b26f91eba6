import * as vscode from 'vscode';
import type { Decided, Review } from '../../core/review/review.js';
import { objectAt } from '../../core/review/placedReview.js';
import type { Handlers } from '../../protocol/channel.js';
import type { ManifestEditor, ReviewState } from '../../protocol/manifestEditor.js';
import { confirm } from '../support/prompts.js';
import type { ManifestModel } from './manifestModel.js';

type ReviewHandlers = Pick<
  Handlers<ManifestEditor>,
  'review.read' | 'review.decide' | 'review.undo' | 'review.redo' | 'review.save' | 'review.discard'
>;

export interface OpenReview {
  readonly review: Review;
  /** Tells every editor of the manifest, and keeps it; resolves when it is kept. */
  readonly changed: (decided: Decided | undefined) => Promise<void>;
  /** Resolves when all of it is kept. */
  readonly flush: () => Promise<void>;
}

/** What the page of a manifest editor may ask of the manifest's review. */
export function reviewHandlers(model: ManifestModel, opened: Promise<OpenReview>): ReviewHandlers {
  const stepped = async (step: (review: Review) => Decided | undefined): Promise<Decided | undefined> => {
    const { review, changed } = await opened;
    const decided = step(review);
    if (decided) {
      await changed(decided);
    }
    return decided;
  };
  return {
    'review.read': async () => {
      const { review } = await opened;
      return { ...stateOf(review), decided: review.decided };
    },
    'review.decide': async ({ attribute, line, source, decision }, signal) => {
      const { review, changed } = await opened;
      if (review.attribute !== undefined && review.attribute !== attribute) {
        throw new Error(
          vscode.l10n.t(
            'There is a review of "{0}" already. Save or discard it before you review "{1}".',
            review.attribute,
            attribute,
          ),
        );
      }
      const object = await objectAt(model.scan, { line, attribute, source }, signal);
      if (!object) {
        throw new Error(
          vscode.l10n.t('The manifest has changed, and this line is another object now. Look at it, and decide again.'),
        );
      }
      review.decide(attribute, line, { decision, object });
      await changed({ line, decision: review.decisionOf(object) });
    },
    'review.undo': () => stepped((review) => review.undo()),
    'review.redo': () => stepped((review) => review.redo()),
    'review.save': async () => {
      await vscode.commands.executeCommand('groundTruth.saveReview');
    },
    'review.discard': async () => discardReview(model.name, await opened),
  };
}

/** Forgets all decisions of a manifest, by its name, if the user is sure. */
export async function discardReview(name: string, { review, changed }: OpenReview): Promise<void> {
  const isSure = await confirm(
    vscode.l10n.t('Discard the review of "{0}"?', name),
    vscode.l10n.t('{0} decisions are forgotten. The manifest itself is as it was.', review.size),
    vscode.l10n.t('Discard'),
  );
  if (isSure) {
    review.clear();
    await changed(undefined);
  }
}

export function stateOf(review: Review): Omit<ReviewState, 'decided'> {
  const { attribute, canUndo, lost } = review;
  return { ...(attribute !== undefined && { attribute }), canUndo, lost };
}
