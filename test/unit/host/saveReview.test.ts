import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ManifestScan, ScannedSummary } from '../../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../../src/core/manifest/manifestSummary.js';
import { Review } from '../../../src/core/review/review.js';
import type { Deps } from '../../../src/host/commands/deps.js';
import { createFile } from '../../../src/node/newFile.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const lines = ['cat', 'dog', 'dog'].map(
  (name, line) =>
    `{"source-ref":"s3://b/${line}.jpg","pet":${name === 'cat' ? 0 : 1},"pet-metadata":{"class-name":"${name}","confidence":0.9}}`,
);

describe('saving a review', () => {
  before(fakeVscode);
  let folder = '';
  let objects: MemoryObjectStore;
  beforeEach(async () => {
    user.reset();
    folder = await mkdtemp(path.join(tmpdir(), 'save-review-'));
    objects = new MemoryObjectStore();
    await objects.createBucket('b', signal);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes a manifest of its own beside the one that was reviewed, with a label attribute that is free', async () => {
    const run = await saver({ objects, at: path.join(folder, 'output.manifest'), taken: ['pet-reviewed'] });
    user.answers = ({ choices, value }) => choices[0] ?? value;
    await run();
    const asked = user.asked.map(({ choices, value }) => value ?? choices[0]);
    assert.equal(asked[0], 'A label attribute of its own: "pet-reviewed-2"');
    assert.equal(asked[2], path.join(folder, 'output-reviewed.manifest'));
    const saved = (await readFile(path.join(folder, 'output-reviewed.manifest'), 'utf8')).split('\n');
    assert.deepEqual([saved[0], saved[2], saved[3]], [lines[0], lines[2], '']);
    assert.equal((JSON.parse(saved[1] ?? '') as Record<string, unknown>)['pet-reviewed-2'], 0);
    assert.match(user.asked.at(-1)?.text ?? '', /is saved\. Decisions in it: 1\./u);
  });

  it('names an attribute of masks as Ground Truth asks for', async () => {
    const run = await saver({ objects, at: path.join(folder, 'output.manifest'), attribute: 'road-ref' });
    await run();
    assert.equal(user.asked[0]?.choices[0], 'A label attribute of its own: "road-reviewed-ref"');
  });

  it('forgets the review that is saved only when asked to', async () => {
    const run = await saver({ objects, at: path.join(folder, 'output.manifest') });
    user.answers = ({ choices, value }) =>
      choices.find((choice) => choice === 'Discard the Review') ?? choices[0] ?? value;
    await run();
    await new Promise(setImmediate); // The way out is offered after the command's end.
    assert.match(user.asked.at(-1)?.text ?? '', /^Discard the review of "output\.manifest"\?$/u);
  });

  it('puts an adjusted copy into a bucket', async () => {
    const { run, recorded } = await saverInBucket(objects);
    await run();
    assert.deepEqual(await recorded(), [
      { kind: 'objects', bucket: 'b', folder: 'out/', names: ['output-adjusted.manifest'] },
    ]);
    const { bytes } = await objects.readObject({ bucket: 'b', key: 'out/output-adjusted.manifest' }, {}, signal);
    const [, second = ''] = Buffer.from(bytes).toString().split('\n');
    assert.equal((JSON.parse(second) as Record<string, unknown>)['pet'], 0);
  });

  it('waits for a manifest that is still being read: it would be saved without its end', async () => {
    const run = await saver({ objects, at: path.join(folder, 'output.manifest'), isReading: true });
    user.answers = ({ choices, value }) => choices[0] ?? value;
    await run();
    const saved = (await readFile(path.join(folder, 'output-reviewed.manifest'), 'utf8')).split('\n');
    assert.equal(saved.length, lines.length + 1);
  });

  it('does not take an object for its own that it writes over', async () => {
    const place = { bucket: 'b', key: 'out/output-adjusted.manifest' };
    await objects.writeObject(place, Buffer.from('somebody’s'), {}, signal);
    const { run, recorded } = await saverInBucket(objects);
    await run();
    assert.deepEqual(await recorded(), []);
    assert.match(Buffer.from((await objects.readObject(place, {}, signal)).bytes).toString(), /"pet":0/u);
  });

  it('writes nothing where the user changes their mind', async () => {
    const run = await saver({ objects, at: path.join(folder, 'output.manifest') });
    user.answers = ({ choices }) => choices[0];
    await run();
    assert.deepEqual(await readdir(folder), []);
  });

  it('leaves nothing half written where the manifest cannot be read to its end', async () => {
    const run = await saver({ objects, at: path.join(folder, 'output.manifest'), isTorn: true });
    user.answers = ({ choices, value }) => choices[0] ?? value;
    await assert.rejects(run(), /Torn/u);
    assert.deepEqual(await readdir(folder), []);
  });

  it('does not say that it is saved where no decision is of an object in the manifest', async () => {
    const run = await saver({ objects, at: path.join(folder, 'output.manifest'), isLost: true });
    await run();
    assert.match(user.asked[0]?.text ?? '', /^Nothing is saved\. Decisions: 1, and none/u);
    assert.deepEqual(await readdir(folder), []);
  });

  it('says what to do where nothing is decided', async () => {
    const run = await saver({ objects, at: path.join(folder, 'output.manifest'), isEmpty: true });
    await run();
    assert.match(user.asked[0]?.text ?? '', /^Nothing is decided yet\. Turn on "Review"/u);
  });
});

interface SaverOptions {
  readonly objects: MemoryObjectStore;
  /** A file, or an object. */
  readonly at: string | { readonly bucket: string; readonly key: string };
  readonly taken?: readonly string[];
  /** That is reviewed. */
  readonly attribute?: string;
  readonly isTorn?: boolean;
  readonly isEmpty?: boolean;
  /** Two lines are known, until somebody waits for all of them. */
  readonly isReading?: boolean;
  /** The object of the decision is not in the manifest any more. */
  readonly isLost?: boolean;
  readonly deps?: Deps;
}

/** A copy goes beside the manifest, which is in a bucket. */
async function saverInBucket(objects: MemoryObjectStore) {
  user.answers = ({ choices, value }) => choices.find((choice) => /copy|Bucket/u.test(choice)) ?? value;
  const { deps } = await hostDeps({ objects });
  const run = await saver({ objects, at: { bucket: 'b', key: 'out/output.manifest' }, deps });
  const recorded = async () => (await deps.ledger.open(signal)).record.entries().map(({ resource }) => resource);
  return { run, recorded };
}

/** The command over an editor of three lines, of which the second was found to be a cat. */
async function saver(options: SaverOptions) {
  const { objects, at, deps, taken = [], attribute = 'pet' } = options;
  const { isTorn = false, isEmpty = false, isLost = false, isReading = false } = options;
  const { saveReview } = await import('../../../src/host/commands/saveReview.js');
  const { objectUri } = await import('../../../src/host/support/s3FileSystem.js');
  const { Uri } = await import('vscode');
  const own = deps ?? (await hostDeps({ objects })).deps;
  const attributes = [attribute, ...taken].map((name) => ({
    name,
    types: [],
    classes: name === attribute ? [{ name: 'dog' }, { name: 'cat' }] : [],
  }));
  let known = isReading ? 2 : 3;
  const summary = () => ({
    objects: known,
    lines: known,
    attributes: attributes as unknown as readonly AttributeSummary[],
  });
  const scan = {
    summary: async () => summary() as unknown as ScannedSummary,
    lines: async ({ filter: { classes } }: { filter: { classes: readonly string[] } }) => {
      const line = lines.findIndex((text) => classes.some((name) => text.includes(`"${name}"`)));
      return { total: 1, lines: [{ line, text: lines[line] ?? '' }] };
    },
    text: async (line: number) => lines[line] ?? '',
    rawLines: async (first: number, count: number) => {
      if (isTorn && first > 1) {
        throw new Error('Torn');
      }
      return Buffer.from(
        lines
          .slice(first, first + count)
          .map((line) => `${line}\n`)
          .join(''),
      );
    },
  } as unknown as ManifestScan;
  const review = new Review();
  if (!isEmpty) {
    const verdict = { kind: 'changed', className: 'cat' } as const;
    const decision = { verdict, isFlagged: false, comment: '' };
    review.decide(attribute, 1, { decision, object: { source: 's3://b/1.jpg', occurrence: 0, said: '["dog"]' } });
  }
  if (isLost) {
    review.place(() => undefined);
  }
  const uri = typeof at === 'string' ? Uri.file(at) : objectUri(at);
  const query = {
    attribute,
    filter: { classes: [], confidence: undefined, states: [], text: '' },
    sort: { by: 'line', isDescending: false },
  } as const;
  const opened = Promise.resolve({ review, changed: async () => undefined, flush: async () => undefined });
  const whenRead = async () => {
    known = 3;
  };
  const shown = { uri, scan, query, review: opened, ...(isReading && { whenRead }) };
  return saveReview({ ...own, createFile, manifests: { shown } });
}
