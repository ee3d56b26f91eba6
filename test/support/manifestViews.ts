import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import type { JsonObject } from '../../src/core/json.js';
import { root } from '../host/dependencies.mjs';
import { boxLabel } from './drawnManifests.js';

/** What the manifest editor can show: everything that must look right in each theme, and be read by screen readers. */
export interface ManifestView {
  readonly name: string;
  /** From the list, and back to it. */
  readonly show: (editor: Page | Frame) => Promise<void>;
  readonly leave: (editor: Page | Frame) => Promise<void>;
}

export const manifestViews: readonly ManifestView[] = [
  { name: 'list', show: toList, leave: toList },
  { name: 'detail', show: openFirst, leave: closeObject },
  {
    name: 'review',
    show: async (editor) => {
      await headerButton(editor, 'Review').click();
      await editor.getByRole('toolbar', { name: 'Review' }).waitFor();
      await editor.locator('.shape-list').waitFor();
    },
    leave: async (editor) => {
      await closeObject(editor);
      await headerButton(editor, 'Review').click();
    },
  },
  pane('workers', 'Workers', 'table.confusion'),
  pane('problems', 'line problem', 'gt-problem-list li, gt-problem-list button'),
];

/** A pane in the place of the rows: the button that shows it and hides it, and what is there once it is shown. */
function pane(name: string, button: string, shown: string): ManifestView {
  const press = (editor: Page | Frame) => headerButton(editor, button).click();
  return {
    name,
    show: async (editor) => {
      await press(editor);
      await editor.locator(shown).first().waitFor();
    },
    leave: async (editor) => {
      await press(editor);
      await toList(editor);
    },
  };
}

/** By its text: an icon before it is a letter of a font, and stands in its name. */
function headerButton(editor: Page | Frame, text: string): Locator {
  return editor.locator('.page-header').getByRole('button').filter({ hasText: text });
}

async function toList(editor: Page | Frame): Promise<void> {
  await firstRow(editor).waitFor();
}

/** Where there is little room, it is without its number. */
function firstRow(editor: Page | Frame): Locator {
  return editor.locator('gt-row-list [aria-rowindex="2"]');
}

async function openFirst(editor: Page | Frame): Promise<void> {
  await firstRow(editor).click();
  await editor.locator('.shape-list').waitFor();
  await editor.locator('.detail img').first().waitFor();
}

async function closeObject(editor: Page | Frame): Promise<void> {
  await editor.locator('.detail').press('Escape');
  await toList(editor);
}

const workers = 3;
const classes = ['cat', 'dog'] as const;

/** The class of each object, and what the workers said of it: the third one takes some cats for dogs. */
export function answerOf(worker: number, line: number): string {
  const isMistaken = worker === 2 && line % 3 === 0;
  return classes[isMistaken ? 1 : classAt(line)] ?? '';
}

/** Of the sample pictures the first ten are cats. */
function classAt(line: number): 0 | 1 {
  return line < 10 ? 0 : 1;
}

/** Lines with boxes and a class each, and one line that is none. */
export function viewedManifest(sourceOf: (line: number) => string, objects = 20): string {
  const lines = Array.from({ length: objects }, (_, line) => {
    const label: JsonObject = {
      'source-ref': sourceOf(line),
      ...boxLabel({ moved: line }),
      animals: classAt(line),
      'animals-metadata': {
        confidence: (60 + ((line * 7) % 36)) / 100,
        'class-name': classes[classAt(line)] ?? '',
        'job-name': 'labeling-job/animals',
        'human-annotated': line % 5 === 4 ? 'no' : 'yes',
        'creation-date': `2026-11-23T10:15:${String(line).padStart(2, '0')}.217995`,
        type: 'groundtruth/image-classification',
      },
    };
    return JSON.stringify(label);
  });
  return `${lines.join('\n')}\n{"source-ref": "cut off\n`;
}

/** The same as the output of a job in a folder of this machine, with its pictures and its workers' answers. */
export function writeViewedJob(folder: string): string {
  const pictures = join(root, 'media', 'samples', 'traindata_cat_dog_images_20');
  const names = readdirSync(pictures).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  cpSync(pictures, join(folder, 'pictures'), { recursive: true });
  const manifest = join(folder, 'manifests', 'output', 'output.manifest');
  mkdirSync(join(manifest, '..'), { recursive: true });
  writeFileSync(
    manifest,
    viewedManifest((line) => `../../pictures/${names[line]}`),
  );
  for (let line = 0; line < 20; line += 1) {
    const answers = join(folder, 'annotations', 'worker-response', 'iteration-1', String(line));
    mkdirSync(answers, { recursive: true });
    writeFileSync(join(answers, '2026-11-23_10-15-00.json'), JSON.stringify({ answers: answersOf(line) }));
  }
  return manifest;
}

function answersOf(line: number): readonly JsonObject[] {
  return Array.from({ length: workers }, (_, worker) => ({
    workerId: `private.us-east-1.${['3f2a', '8c1d', 'e57b'][worker] ?? ''}00112233`,
    answerContent: { 'crowd-image-classifier': { label: answerOf(worker, line) } },
    timeSpentInSeconds: 2 + worker + (line % 4),
  }));
}
