import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExportOrder, ManifestExports, ManifestSources } from '../../../src/core/export/manifestExports.js';
import type { ExportOutcome } from '../../../src/core/export/writeExport.js';
import type { ManifestScan, ScannedSummary } from '../../../src/core/manifest/manifestScan.js';
import type { Deps } from '../../../src/host/commands/deps.js';
import type { ReadLines } from '../../../src/host/editors/shownManifest.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const done: ExportOutcome = {
  files: 1,
  copies: 0,
  leftOut: 0,
  leftOutObjects: 0,
  skipped: [],
  notCopied: 0,
  missing: [],
  otherSizes: 0,
  resized: [],
};
const lines = ['{"source-ref":"s3://b/0.jpg"}', '{"source-ref":"s3://b/1.jpg",\n "a":1}'];
const comparedLines = async () => ({ total: 1, lines: [{ line: 1, text: '{"source-ref":"s3://b/1.jpg"}' }] });

describe('making something of the rows of a manifest', () => {
  let folder = '';
  before(fakeVscode);
  beforeEach(async () => {
    user.reset();
    folder = await mkdtemp(path.join(tmpdir(), 'export-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const choose =
    (...wanted: readonly string[]) =>
    ({ choices, value, text }: { choices: readonly string[]; value?: string; text: string }) =>
      choices.find((choice) => wanted.some((start) => choice.startsWith(start))) ??
      value ??
      (/^(?:Export|Split)/u.test(text) && choices.length === 0 ? folder : undefined);

  it('exports into a folder of its own, named after the job, whatever is there already', async () => {
    await mkdir(path.join(folder, 'pets-coco'));
    const { deps, orders } = await depsOver({ outcome: done });
    const { exportManifest } = await import('../../../src/host/commands/exportManifest.js');
    user.answers = choose('COCO', 'Labels Only');
    await exportManifest(deps)();
    assert.deepEqual(orders[0]?.order, {
      order: { kind: 'export', format: 'coco' },
      attribute: 'pet',
      withObjects: false,
      folder: path.join(folder, 'pets-coco-2'),
    });
    assert.match(user.asked.at(-1)?.text ?? '', /is written/u);
  });

  it('hands on the rows that are shown, and says of what is missing where it stands in the manifest', async () => {
    const skipped = [{ kind: 'skipped', line: 0, reason: { kind: 'unlabeled' } }] as const;
    const { deps, orders } = await depsOver({ outcome: { ...done, leftOut: 2, skipped }, shown: [1] });
    const { exportManifest } = await import('../../../src/host/commands/exportManifest.js');
    user.answers = choose('CSV', 'The row that is shown', 'Show What Is Missing');
    await exportManifest(deps)();
    const { manifest } = orders[0]?.sources ?? {};
    assert.ok(manifest?.kind === 'source');
    const into = new Uint8Array(await manifest.source.size(signal));
    await manifest.source.read(into, 0, signal);
    assert.equal(Buffer.from(into).toString(), '{"source-ref":"s3://b/1.jpg", "a":1}\n');
    assert.deepEqual(user.documents, ['Line 2: not labeled\n… and 1 more']);
  });

  it('offers all objects alone where no row is shown', async () => {
    const { deps, orders } = await depsOver({ outcome: done, shown: [] });
    const { exportManifest } = await import('../../../src/host/commands/exportManifest.js');
    user.answers = choose('CSV', 'All 2 objects');
    await exportManifest(deps)();
    assert.deepEqual(user.asked[1]?.choices, ['All 2 objects of the manifest']);
    assert.equal(orders.length, 1);
  });

  it("asks whether the rows of a comparison's list are meant, and hands these on", async () => {
    const { deps, orders } = await depsOver({ outcome: done, compared: comparedLines });
    const { exportManifest } = await import('../../../src/host/commands/exportManifest.js');
    user.answers = choose('CSV', 'The row that is shown');
    await exportManifest(deps)();
    const { manifest } = orders[0]?.sources ?? {};
    assert.ok(manifest?.kind === 'source');
    assert.equal(await manifest.source.size(signal), 30);
  });

  for (const { outcome, told } of [
    { outcome: done, told: 'Objects exported: 2, files: 1.' },
    { outcome: { ...done, files: 0, copies: 2 }, told: 'Objects exported: 2, copied: 2.' },
    {
      outcome: { ...done, leftOut: 3, leftOutObjects: 1 },
      told: 'Objects exported: 1, files: 1. Left out: 3.',
    },
    { outcome: { ...done, notCopied: 1 }, told: 'Objects exported: 2, files: 1, copied: 0. Not copied: 1.' },
  ]) {
    it(`says how many objects are exported: "${told}"`, async () => {
      const { deps } = await depsOver({ outcome });
      const { exportManifest } = await import('../../../src/host/commands/exportManifest.js');
      user.answers = choose('CSV');
      await exportManifest(deps)();
      assert.ok(user.asked.at(-1)?.text.endsWith(`is written. ${told}`));
    });
  }

  it('says why where nothing is exported, and what to choose instead', async () => {
    const reason = { kind: 'otherForm', form: 'class' } as const;
    const skipped = [0, 1].map((line) => ({ kind: 'skipped', line, reason }) as const);
    const outcome = { ...done, files: 0, leftOut: 2, leftOutObjects: 2, skipped };
    const { deps } = await depsOver({ outcome });
    const { exportManifest } = await import('../../../src/host/commands/exportManifest.js');
    user.answers = choose('Pascal VOC', 'Labels Only');
    await exportManifest(deps)();
    assert.equal(
      user.asked.at(-1)?.text,
      'No object is exported. Line 1: the format has no place for a label of the form "class". Choose another format.',
    );
    assert.deepEqual(user.asked.at(-1)?.choices, ['Show What Is Missing', 'Export…']);
  });

  it('leads to a folder that has no object but, for example, a list of no classes', async () => {
    const skipped = [{ kind: 'skipped', line: 0, reason: { kind: 'unlabeled' } }] as const;
    const { deps } = await depsOver({ outcome: { ...done, leftOut: 2, leftOutObjects: 2, skipped } });
    const { exportManifest } = await import('../../../src/host/commands/exportManifest.js');
    user.answers = choose('YOLO', 'Labels Only');
    await exportManifest(deps)();
    assert.match(user.asked.at(-1)?.text ?? '', /^No object is exported\. Line 1: not labeled\. Choose other rows\.$/u);
    assert.deepEqual(user.asked.at(-1)?.choices, ['Show What Is Missing', 'Export…', 'Show Folder']);
  });

  it('says of each picture that its label counts in another size', async () => {
    const resized = [{ labeled: { line: 1, width: 256, height: 256 }, width: 640, height: 426 }];
    const { deps } = await depsOver({ outcome: { ...done, copies: 2, otherSizes: 1, resized } });
    const { exportManifest } = await import('../../../src/host/commands/exportManifest.js');
    user.answers = choose('COCO', 'Labels and Pictures', 'Show Which');
    await exportManifest(deps)();
    assert.match(user.asked.at(-1)?.text ?? '', /another size than their labels count in: 1/u);
    assert.deepEqual(user.documents, [
      'Line 2: the label counts in 256 × 256 pixels, the picture has 640 × 426. Scale its boxes, or the picture.',
    ]);
  });

  it('splits by shares and a seed', async () => {
    const { deps, orders } = await depsOver({ outcome: done });
    const { splitManifest } = await import('../../../src/host/commands/splitManifest.js');
    user.answers = choose();
    await splitManifest(deps)();
    assert.deepEqual(orders[0]?.order.order, {
      kind: 'split',
      parts: [
        { name: 'train', share: 80 },
        { name: 'validation', share: 10 },
        { name: 'test', share: 10 },
      ],
      seed: 1,
    });
    assert.match(user.asked.at(-1)?.text ?? '', /is written\. Objects dealt out: 2, files: 1\.$/u);
  });

  it('copies what starts a training, and warns of lines that would break it', async () => {
    const { deps } = await depsOver({ outcome: done });
    const { copyTrainingSnippet } = await import('../../../src/host/commands/copyTrainingSnippet.js');
    user.answers = choose('boto3');
    await copyTrainingSnippet(deps)();
    assert.match(user.clipboard, /AugmentedManifestFile/u);
    assert.match(user.clipboard, /s3:\/\/b\/out\/pets\/manifests\/output\/validation\.manifest/u);
    assert.deepEqual(user.documents, [user.clipboard]);
    assert.deepEqual(user.asked.at(-1)?.choices, ['Split…']);
  });

  it('writes nothing where the user changes their mind', async () => {
    const { deps, orders } = await depsOver({ outcome: done });
    const { exportManifest } = await import('../../../src/host/commands/exportManifest.js');
    user.answers = ({ choices }) => choices[0];
    await exportManifest(deps)();
    assert.deepEqual([orders, await readdir(folder)], [[], []]);
  });
});

interface Ordered {
  readonly order: ExportOrder;
  readonly sources: ManifestSources;
}

/** Commands over a job's output of two lines, of which some are shown. */
async function depsOver({
  outcome,
  shown = [0, 1],
  compared,
}: {
  outcome: ExportOutcome;
  shown?: readonly number[];
  compared?: ReadLines;
}) {
  const { Uri } = await import('vscode');
  const objects = new MemoryObjectStore();
  const { deps } = await hostDeps({ objects });
  const orders: Ordered[] = [];
  const manifestExports: ManifestExports = {
    async export(order, sources) {
      orders.push({ order, sources });
      return outcome;
    },
    readTraining: async () => ({ task: 'imageClassification', samples: 2, classes: 2, unusable: 1 }),
  };
  const scan = {
    summary: async () => ({ objects: 2 }) as ScannedSummary,
    lines: async (_query: unknown, first: number, count: number) => ({
      total: shown.length,
      lines: shown.slice(first, first + count).map((line) => ({ line, text: lines[line] ?? '' })),
    }),
  } as unknown as ManifestScan;
  const query = {
    attribute: 'pet',
    filter: { classes: [], confidence: undefined, states: [], text: '' },
    sort: { by: 'line', isDescending: false },
  } as const;
  const uri = Uri.from({ scheme: 'gts3', authority: 'b', path: '/out/pets/manifests/output/output.manifest' });
  const review = Promise.reject(new Error('Nothing is reviewed'));
  review.catch(() => undefined);
  const manifests: Deps['manifests'] = { shown: { uri, scan, query, compared, review } };
  const connection = Object.assign(deps.connection, {
    target: async () => ({ kind: 'aws', profile: 'p', region: 'eu-west-1' }),
  });
  return { deps: { ...deps, connection, manifests, manifestExports }, orders };
}
