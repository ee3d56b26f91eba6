import * as vscode from 'vscode';
import { answered } from '../support/answered.js';
import { freeFolder } from '../support/freeFolder.js';
import { askText, complain } from '../support/prompts.js';
import type { Deps } from './deps.js';
import { makeFolder } from './exportManifest.js';
import { shownManifest } from './manifestQuestion.js';
import { chooseRows } from './manifestRows.js';

const names = ['train', 'validation', 'test'] as const;

/** Deals the lines of the manifest in front out to manifests for training, validation and test. */
export function splitManifest(deps: Deps) {
  return async (): Promise<void> => {
    const shown = shownManifest(deps);
    const { attribute } = shown?.query ?? {};
    if (!shown) {
      return;
    }
    if (attribute === undefined) {
      complain(vscode.l10n.t('This manifest has no labels yet: it cannot be split by them.'));
      return;
    }
    const title = vscode.l10n.t('Split by "{0}"', attribute);
    const shares = await askForShares(title);
    const seed = shares && (await askForSeed(title));
    if (!shares || seed === undefined) {
      return;
    }
    const rows = await chooseRows(title, shown, async () => (await deps.connection.services()).objects);
    const folder = rows && (await freeFolder(title, shown.uri, 'split'));
    if (rows && folder) {
      const parts = names.map((name, place) => ({ name, share: shares[place] ?? 0 })).filter(({ share }) => share > 0);
      const order = { order: { kind: 'split', parts, seed } as const, attribute, withObjects: false };
      await answered(() => makeFolder(deps, { rows, manifest: shown.uri, folder, order }));
    }
  };
}

async function askForShares(title: string): Promise<readonly number[] | undefined> {
  const text = await askText({
    title,
    prompt: vscode.l10n.t('The shares of train, validation and test. Each class is dealt out in these shares.'),
    value: '80 10 10',
    validate: (typed) =>
      readShares(typed)
        ? undefined
        : vscode.l10n.t('Give two or three numbers, such as 80 10 10. 0 leaves a part out.'),
  });
  return text === undefined ? undefined : readShares(text);
}

function readShares(text: string): readonly number[] | undefined {
  const shares = text
    .split(/[\s,/:;]+/u)
    .filter((part) => part !== '')
    .map(Number);
  const isRight = shares.every((share) => Number.isFinite(share) && share >= 0);
  const used = shares.filter((share) => share > 0).length;
  return isRight && used >= 2 && shares.length <= names.length ? shares : undefined;
}

async function askForSeed(title: string): Promise<number | undefined> {
  const text = await askText({
    title,
    prompt: vscode.l10n.t('The seed. The same one deals the same objects out to the same parts, on every machine.'),
    value: '1',
    validate: (typed) => (/^\d{1,9}$/u.test(typed) ? undefined : vscode.l10n.t('Give a whole number.')),
  });
  return text === undefined ? undefined : Number(text);
}
