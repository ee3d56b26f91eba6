import * as vscode from 'vscode';
import { creationDate } from '../../core/manifest/outputManifestDates.js';
import { writeWhole } from '../../core/newFile.js';
import type { ReviewForm } from '../../core/review/reviewedLine.js';
import { reviewedManifest } from '../../core/review/reviewedManifest.js';
import { discardReview } from '../editors/reviewHandlers.js';
import type { ShownManifest } from '../editors/shownManifest.js';
import { answered } from '../support/answered.js';
import { askForNewManifest, createManifest } from '../support/newManifest.js';
import { withProgress } from '../support/progress.js';
import { pickOne, tell, warn } from '../support/prompts.js';
import type { Deps } from './deps.js';
import { shownManifest } from './manifestQuestion.js';

/** Saves the review of the manifest in front as a manifest of its own: the one that was reviewed stays as it is. */
export function saveReview(deps: Deps) {
  return async (): Promise<void> => {
    const shown = shownManifest(deps);
    const { review } = (await shown?.review) ?? {};
    if (!shown || !review) {
      return;
    }
    const { attribute } = review;
    if (attribute === undefined || review.size === 0) {
      tell(vscode.l10n.t('Nothing is decided yet. Turn on "Review", and accept, change, flag or comment labels.'));
      return;
    }
    if (review.lost === review.size) {
      warn(
        vscode.l10n.t(
          'Nothing is saved. Decisions: {0}, and none is of an object that is in the manifest now, with the label that was reviewed. They are kept until you discard the review.',
          review.size,
        ),
      );
      return;
    }
    const title = vscode.l10n.t('Save Review');
    const form = await askForForm(title, attribute, await attributeNames(shown));
    const kind = form?.kind === 'copy' ? 'adjusted' : 'reviewed';
    const name = `${nameOf(shown).replace(/\.manifest$/u, '')}-${kind}.manifest`;
    const place = form && (await askForNewManifest(title, shown.uri, name));
    if (form && place) {
      await answered(() => save(deps, shown, { form, place }));
    }
  };
}

function nameOf({ uri: { path } }: ShownManifest): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function askForForm(title: string, attribute: string, taken: readonly string[]): Promise<ReviewForm | undefined> {
  const ending = attribute.endsWith('-ref') ? '-ref' : ''; // As the task type asks for (reference §1.3).
  const first = `${attribute.slice(0, attribute.length - ending.length)}-reviewed`;
  let name = `${first}${ending}`;
  for (let number = 2; taken.includes(name); number += 1) {
    name = `${first}-${number}${ending}`;
  }
  return pickOne<ReviewForm>(title, vscode.l10n.t('What becomes of the decisions'), [
    {
      label: vscode.l10n.t('A label attribute of its own: "{0}"', name),
      detail: vscode.l10n.t('Only on objects that you decided of; their labels stay beside it'),
      value: { kind: 'attribute', name },
    },
    {
      label: vscode.l10n.t('An adjusted copy'),
      detail: vscode.l10n.t('"{0}" with your changes, flags and comments; all else as it was', attribute),
      value: { kind: 'copy', attribute },
    },
  ]);
}

async function attributeNames({ scan }: ShownManifest): Promise<readonly string[]> {
  const { attributes } = await scan.summary(new AbortController().signal);
  return attributes.map(({ name }) => name);
}

async function save(
  { ledger, createFile }: Deps,
  shown: ShownManifest,
  { form, place }: { readonly form: ReviewForm; readonly place: vscode.Uri },
): Promise<void> {
  const { scan, whenRead } = shown;
  const opened = await shown.review;
  const { review, flush } = opened;
  const { written, lost } = await withProgress(vscode.l10n.t('Saving the review'), async (signal, report) => {
    await whenRead?.(signal); // Lines that are not known yet would not be in the copy.
    const options = { form, createdAt: creationDate(Date.now(), 0), onProgress: (part: number) => report(part) };
    const file = await createManifest(place, { createFile, ledger }, signal);
    return writeWhole(file, reviewedManifest(scan, review, options, signal), signal);
  });
  await flush();
  const open = { title: vscode.l10n.t('Open'), run: () => vscode.commands.executeCommand('vscode.open', place) };
  const discard = {
    title: vscode.l10n.t('Discard the Review'),
    run: () => discardReview(nameOf(shown), opened),
  };
  if (lost > 0) {
    warn(
      vscode.l10n.t(
        'The review is saved. Decisions in it: {0}. Left out: {1}, since their objects are not in the manifest any more, or their labels say something else now. These are kept until you discard the review.',
        written,
        lost,
      ),
      open,
    );
    return;
  }
  const accepted = review.size - written;
  const saved = vscode.l10n.t('The review is saved. Decisions in it: {0}.', written);
  const asTheyWere = vscode.l10n.t('Labels that were only accepted stand in the copy as they are: {0}.', accepted);
  const end = vscode.l10n.t('The manifest itself is as it was.');
  tell([saved, ...(accepted > 0 ? [asTheyWere] : []), end].join(' '), open, discard);
}
