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
  readonly show: (editor: Page | Frame, steps: ViewSteps) => Promise<void>;
  readonly leave: (editor: Page | Frame) => Promise<void>;
}

/** What is done outside of the editor. */
export interface ViewSteps {
  /** Compares the manifest with `earlierManifest`, as the editor has asked for; nothing where it does so already. */
  readonly chooseComparison: () => Promise<void>;
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
  {
    name: 'gallery',
    show: async (editor) => {
      await editor.getByRole('button', { name: 'Gallery' }).click();
      await editor.locator('.gallery .overlay .line').nth(3).waitFor();
    },
    leave: async (editor) => {
      await editor.getByRole('button', { name: 'List' }).click();
      await toList(editor);
    },
  },
  pane('charts', 'Charts', 'gt-charts-pane .chart-grid svg'),
  { name: 'compare', show: compare, leave: leaveComparison },
  {
    name: 'compared-object',
    show: async (editor, steps) => {
      await compare(editor, steps);
      await editor.locator('#compared-1').click();
      await editor.locator('.shape-list').waitFor();
    },
    leave: async (editor) => {
      await editor.locator('.detail').press('Escape');
      await editor.locator('#compared-1').waitFor();
      await leaveComparison(editor);
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

async function compare(editor: Page | Frame, { chooseComparison }: ViewSteps): Promise<void> {
  await headerButton(editor, 'Compare').click();
  await chooseComparison();
  await editor.locator('#compared-1').waitFor();
}

async function leaveComparison(editor: Page | Frame): Promise<void> {
  await headerButton(editor, 'Compare').click();
  await toList(editor);
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
  const lines = Array.from({ length: objects }, (_, line) => JSON.stringify(viewedLine(sourceOf(line), line)));
  return `${lines.join('\n')}\n{"source-ref": "cut off\n`;
}

function viewedLine(source: string, line: number, classId: number = classAt(line)): JsonObject {
  return {
    'source-ref': source,
    // Of the sample pictures, each has its animal about there.
    ...boxLabel({ annotations: [{ class_id: classAt(line), left: 150, top: 60, width: 330, height: 360 }] }),
    animals: classId,
    'animals-metadata': {
      confidence: (60 + ((line * 7) % 36)) / 100,
      'class-name': classes[classId] ?? '',
      'job-name': 'labeling-job/animals',
      'human-annotated': line % 5 === 4 ? 'no' : 'yes',
      'creation-date': `2026-11-23T10:15:${String(line).padStart(2, '0')}.217995`,
      type: 'groundtruth/image-classification',
    },
  };
}

/** What the same job may have said before: three other classes, one object that is gone by now, and not yet the last two. */
export function earlierManifest(sourceOf: (line: number) => string): string {
  const others = new Map([2, 11, 15].map((line) => [line, viewedLine(sourceOf(line), line, 1 - classAt(line))]));
  const lines = Array.from({ length: 18 }, (_, line) => others.get(line) ?? viewedLine(sourceOf(line), line));
  return `${[...lines, viewedLine('pictures/gone.jpg', 18)].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** The same as the output of a job in a folder of this machine, with its pictures and its workers' answers. */
export function writeViewedJob(folder: string): string {
  const pictures = join(root, 'media', 'samples', 'traindata_cat_dog_images_20');
  const names = readdirSync(pictures).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  cpSync(pictures, join(folder, 'pictures'), { recursive: true });
  const manifest = join(folder, 'manifests', 'output', 'output.manifest');
  mkdirSync(join(manifest, '..'), { recursive: true });
  const sourceOf = (line: number) => `../../pictures/${names[line]}`;
  writeFileSync(manifest, viewedManifest(sourceOf));
  writeFileSync(join(manifest, '..', 'earlier.manifest'), earlierManifest(sourceOf));
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
