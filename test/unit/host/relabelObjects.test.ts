import assert from 'node:assert/strict';
import type { RowQuery } from '../../../src/core/manifest/arrangement.js';
import type { AttributeSummary } from '../../../src/core/manifest/manifestSummary.js';
import type { ManifestScan, ScannedSummary } from '../../../src/core/manifest/manifestScan.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const bucket = 'pictures';

describe('relabeling the rows of a manifest', () => {
  before(fakeVscode);
  let objects: MemoryObjectStore;
  beforeEach(async () => {
    user.reset();
    objects = new MemoryObjectStore();
    await objects.createBucket(bucket, signal);
  });

  const lines = Array.from({ length: 5_000 }, (_, line) => `{"source-ref":"s3://${bucket}/${line}.jpg","a":0}`);

  it('writes them as an input manifest, and fills in the form of the next job', async () => {
    const { run, opened, recorded } = await relabel(objects, lines);
    user.answers = ({ value }) => value;
    await run();
    const [form] = opened;
    assert.ok(form?.manifest);
    assert.match(form.manifest.key, /^out\/relabel-\d{8}T\d{6}\.manifest$/u);
    assert.deepEqual(form.labels, ['cat', 'dog']);
    const { bytes } = await objects.readObject(form.manifest, {}, signal);
    assert.equal(new TextDecoder().decode(bytes), `${lines.join('\n')}\n`);
    const name = form.manifest.key.slice('out/'.length);
    assert.deepEqual(await recorded(), [{ kind: 'objects', bucket, folder: 'out/', names: [name] }]);
  });

  it('overwrites nothing', async () => {
    const key = 'mine.manifest';
    await objects.writeObject({ bucket, key }, Buffer.from('mine'), {}, signal);
    const { run, opened } = await relabel(objects, lines);
    user.answers = () => `s3://${bucket}/${key}`;
    await run();
    assert.deepEqual(opened, []);
    assert.match(user.asked.at(-1)?.text ?? '', /is there already/u);
    assert.equal(Buffer.from((await objects.readObject({ bucket, key }, {}, signal)).bytes).toString(), 'mine');
  });

  it('says so where the rows name nothing that a job could take', async () => {
    const { run } = await relabel(objects, ['{"source-ref":"1.jpg"}']);
    await run();
    assert.match(user.asked[0]?.text ?? '', /^None of these rows names an object in a bucket/u);
  });

  it('says so where no row is shown', async () => {
    const { run } = await relabel(objects, []);
    await run();
    assert.match(user.asked[0]?.text ?? '', /^No row is shown\. Clear the filter/u);
  });

  it('takes no more than a labeling job may have', async () => {
    const { run, opened } = await relabel(
      objects,
      Array.from({ length: 100_001 }, () => lines[0] ?? ''),
    );
    await run();
    assert.match(user.asked[0]?.text ?? '', /more than the 100,000 objects/u);
    assert.deepEqual(opened, []);
  });

  it('leads to a manifest where none is in front', async () => {
    const { relabelObjects } = await import('../../../src/host/commands/relabelObjects.js');
    const { deps } = await hostDeps({ objects });
    await relabelObjects({ ...deps, manifests: { shown: undefined } })();
    assert.deepEqual(user.asked[0]?.choices, ['Show Output Manifest']);
  });
});

interface OpenedForm {
  readonly manifest?: { readonly bucket: string; readonly key: string };
  readonly labels?: readonly string[];
}

/** The command over an editor that shows these lines of a job's output. */
async function relabel(objects: MemoryObjectStore, texts: readonly string[]) {
  const { relabelObjects } = await import('../../../src/host/commands/relabelObjects.js');
  const { Uri } = await import('vscode');
  const { deps } = await hostDeps({ objects });
  const opened: OpenedForm[] = [];
  const attribute = { name: 'a', classes: [{ name: 'cat' }, { name: 'dog' }] } as unknown as AttributeSummary;
  const scan = {
    summary: async () => ({ objects: texts.length, attributes: [attribute] }) as unknown as ScannedSummary,
    lines: async (_query: RowQuery, first: number, count: number) => ({
      total: texts.length,
      lines: texts.slice(first, first + count).map((text, place) => ({ line: first + place, text })),
    }),
  } as unknown as ManifestScan;
  const uri = Uri.from({ scheme: 'gts3', authority: bucket, path: '/out/pets/manifests/output/output.manifest' });
  const query: RowQuery = {
    attribute: 'a',
    filter: { classes: [], confidence: undefined, states: [], text: '' },
    sort: { by: 'line', isDescending: false },
  };
  const run = relabelObjects({
    ...deps,
    manifests: { shown: { uri, scan, query, review: Promise.reject(new Error('Nothing is reviewed')) } },
    jobSetupPanels: { open: async (form) => void opened.push(form ?? {}) },
  });
  const recorded = async () => (await deps.ledger.open(signal)).record.entries().map(({ resource }) => resource);
  return { run, opened, recorded };
}
