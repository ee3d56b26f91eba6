import * as vscode from 'vscode';
import { bytesSource } from '../../core/manifest/byteSource.js';
import type { ManifestBytes } from '../../core/manifest/manifestScan.js';
import type { ObjectStore } from '../../core/ports.js';
import { manifestBytes } from '../editors/manifestContent.js';
import { linesOf, readLinesOf, type ShownManifest } from '../editors/shownManifest.js';
import { withProgress } from '../support/progress.js';
import { type Choice, complain, pickOne } from '../support/prompts.js';

/** A manifest, or those of its rows that are shown. */
export interface ChosenRows {
  readonly bytes: ManifestBytes;
  readonly count: number;
  /** The line of the manifest that a line of these is; they are the same where all rows were chosen. */
  readonly lineOf: (line: number) => number;
}

/** Rows that are shown because of a filter are handed on in memory: so many bytes of it. */
const mostBytes = 256 * 1024 * 1024;

/** Asks whether all rows are meant where only some are shown. `undefined` where the user changed their mind. */
export async function chooseRows(
  title: string,
  shown: ShownManifest,
  store: () => Promise<ObjectStore>,
): Promise<ChosenRows | undefined> {
  const { whenRead } = shown;
  if (whenRead) {
    await withProgress(vscode.l10n.t('Reading the manifest'), whenRead);
  }
  const { signal } = new AbortController();
  const [{ objects }, { total }] = await Promise.all([shown.scan.summary(signal), readLinesOf(shown)(0, 0, signal)]);
  const all = async (): Promise<ChosenRows> => ({
    bytes: await manifestBytes(shown.uri, store),
    count: objects,
    lineOf: (line) => line,
  });
  if (total === objects) {
    return all();
  }
  const choices: readonly Choice<'shown' | 'all'>[] = [
    ...(total === 0 ? [] : [{ label: shownText(total), value: 'shown' } as const]),
    { label: vscode.l10n.t('All {0} objects of the manifest', objects.toLocaleString('en')), value: 'all' },
  ];
  const placeholder = total === 0 ? vscode.l10n.t('No row is shown: take them all?') : vscode.l10n.t('Which rows');
  switch (await pickOne(title, placeholder, choices)) {
    case undefined:
      return undefined;
    case 'all':
      return all();
    case 'shown':
      return shownRows(shown);
  }
}

function shownText(total: number): string {
  return total === 1
    ? vscode.l10n.t('The row that is shown')
    : vscode.l10n.t('The {0} rows that are shown', total.toLocaleString('en'));
}

async function shownRows(shown: ShownManifest): Promise<ChosenRows | undefined> {
  const lines: number[] = [];
  const parts: Uint8Array[] = [];
  let bytes = 0;
  await withProgress(vscode.l10n.t('Reading the rows'), async (signal, report) => {
    const encoder = new TextEncoder();
    for await (const page of linesOf(shown, signal)) {
      for (const { line, text } of page.lines) {
        // An object that is spread over several lines has a line of its own here.
        const part = encoder.encode(`${text.replaceAll(/\s*\n\s*/gu, ' ')}\n`);
        lines.push(line);
        parts.push(part);
        bytes += part.length;
      }
      report(lines.length / Math.max(1, page.total));
      if (bytes > mostBytes) {
        break;
      }
    }
  });
  if (bytes > mostBytes) {
    complain(
      vscode.l10n.t('These rows are too many to be taken by themselves. Filter more of them out, or take all objects.'),
    );
    return undefined;
  }
  const source = bytesSource(Buffer.concat(parts));
  return { bytes: { kind: 'source', source }, count: lines.length, lineOf: (line) => lines[line] ?? line };
}
