import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import type { LineEstimates } from '../../../src/core/consolidation/wholeJob/jobAnalysis.js';
import type { AttributeSummary } from '../../../src/core/manifest/manifestSummary.js';
import type { ManifestScan, ScannedSummary } from '../../../src/core/manifest/manifestScan.js';
import type { JobAnalyst } from '../../../src/host/editors/jobAnalyst.js';
import type { AnalysisProgress } from '../../../src/protocol/manifestEditor.js';
import { estimateOf } from '../../support/estimateOf.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';

const { signal } = new AbortController();
const responses = 'out/Cats/annotations/worker-response';

describe('the analyst of a job', () => {
  let analystOf: (path: string) => JobAnalyst;
  let store: MemoryObjectStore;
  let estimates = 0;
  before(async () => {
    fakeVscode();
    const [{ JobAnalyst: Analyst }, { Uri: Address }] = await Promise.all([
      import('../../../src/host/editors/jobAnalyst.js'),
      import('vscode'),
    ]);
    analystOf = (path) => {
      const uri: Uri = Address.from({ scheme: 'gts3', authority: 'b', path });
      return new Analyst(uri, {
        store: async () => store,
        async estimate(answers, onProgress) {
          estimates += 1;
          onProgress(0.5);
          return estimateOf(answers);
        },
      });
    };
  });

  beforeEach(async () => {
    estimates = 0;
    store = new MemoryObjectStore();
    await store.createBucket('b', signal);
  });

  const put = (key: string, text: string) => store.writeObject({ bucket: 'b', key }, Buffer.from(text), {}, signal);
  const answered = async (line: number, labels: readonly string[]) => {
    const answers = labels.map((label, worker) => ({ workerId: `w${worker}`, answerContent: { c: { label } } }));
    await put(`${responses}/iteration-1/${line}/2026-11-23_10:15:00.json`, JSON.stringify({ answers }));
  };
  const manifest = '/out/Cats/manifests/output/output.manifest';

  it('reads every answer once, and tells the scan what is estimated of its lines', async () => {
    for (let line = 0; line < 40; line += 1) {
      await answered(line, [line % 2 === 0 ? 'cat' : 'dog', line % 2 === 0 ? 'cat' : 'dog']);
    }
    const { scan, taken } = scanOf('cats', ['labeling-job/cats'], 40);
    const analyst = analystOf(manifest);
    const told: AnalysisProgress[] = [];
    const result = await analyst.analyze({ scan, version: 1 }, (progress) => told.push(progress), signal);
    assert.ok(result.kind === 'analysis');
    assert.deepEqual([result.analysis.objects, result.analysis.answers, result.analysis.attribute], [40, 80, 'cats']);
    assert.deepEqual([...(taken[0]?.labels ?? [])].slice(0, 3), [0, 1, 0]);
    assert.equal(told[0]?.kind, 'listing');
    assert.equal(await analyst.analyze({ scan, version: 1 }, () => undefined, signal), result);
    assert.equal(estimates, 1, 'for one version of the manifest the work is done once');
    const replaced = scanOf('cats', ['labeling-job/cats'], 40).scan;
    await analyst.analyze({ scan: replaced, version: 2 }, () => undefined, signal);
    assert.equal(estimates, 2, 'another version is analyzed anew');
    assert.equal(analyst.confusion(undefined).length, 2);
  });

  it('analyzes a manifest anew that has grown, though its scan goes on', async () => {
    await answered(0, ['cat', 'cat']);
    const { scan, taken } = scanOf('cats', ['labeling-job/cats'], 2);
    const analyst = analystOf(manifest);
    await analyst.analyze({ scan, version: 1 }, () => undefined, signal);
    await answered(1, ['dog', 'dog']);
    const grown = await analyst.analyze({ scan, version: 2 }, () => undefined, signal);
    assert.equal(grown.kind === 'analysis' && grown.analysis.objects, 2);
    assert.equal(taken.length, 2, 'the scan has forgotten what was estimated of it before');
    const { scan: read } = scanOf('cats', ['labeling-job/cats'], 1);
    const more = await analyst.analyze({ scan: read, version: 2 }, () => undefined, signal);
    assert.equal(more.kind === 'analysis' && more.analysis.objects, 1, 'more of its lines, or fewer, were read');
  });

  it('leaves out a file that is not JSON, and says so', async () => {
    await answered(0, ['cat', 'cat']);
    await put(`${responses}/iteration-1/1/x.json`, '{"answers":[');
    const { scan } = scanOf('cats', ['labeling-job/cats'], 2);
    const result = await analystOf(manifest).analyze({ scan, version: 1 }, () => undefined, signal);
    assert.deepEqual(result.kind === 'analysis' && [result.unreadable, result.analysis.objects], [1, 1]);
  });

  const nothings: readonly {
    name: string;
    path?: string;
    jobs?: string[];
    prepare: () => Promise<void>;
    says: RegExp;
  }[] = [
    {
      name: 'a manifest outside of a job’s folder',
      path: '/input.manifest',
      prepare: () => answered(0, ['cat']),
      says: /output folder/u,
    },
    {
      name: 'labels of another job',
      jobs: ['labeling-job/dogs'],
      prepare: () => answered(0, ['cat']),
      says: /named "Cats".*labels are of the jobs: dogs\..*name of its job/u,
    },
    {
      name: 'a manifest without labels yet',
      jobs: [],
      prepare: () => answered(0, ['cat']),
      says: /^The job "Cats" has not labeled/u,
    },
    { name: 'a job without answers', prepare: async () => undefined, says: /no answers of workers/u },
    {
      name: 'answers of another kind',
      prepare: () =>
        put(
          `${responses}/iteration-1/0/x.json`,
          '{"answers":[{"workerId":"w","answerContent":{"c":{"labels":["a"]}}}]}',
        ),
      says: /one label for each object/u,
    },
  ];
  for (const { name, path = manifest, jobs = ['labeling-job/cats'], prepare, says } of nothings) {
    it(`says why there is nothing to analyze: ${name}`, async () => {
      await prepare();
      const { scan } = scanOf('cats', jobs, 1);
      const result = await analystOf(path).analyze({ scan, version: 1 }, () => undefined, signal);
      assert.match(result.kind === 'none' ? result.reason : '', says);
    });
  }

  it('is given up between two files', async () => {
    for (let line = 0; line < 40; line += 1) {
      await answered(line, ['cat']);
    }
    const giveUp = new AbortController();
    const { scan } = scanOf('cats', ['labeling-job/cats'], 40);
    const stop = () => giveUp.abort(new Error('Closed'));
    const analyzing = analystOf(manifest).analyze({ scan, version: 1 }, stop, giveUp.signal);
    await assert.rejects(analyzing, /Closed/u);
    assert.equal(estimates, 0);
  });
});

/** A scan of a manifest of which only the labels' attribute is known, and the estimates that it was given. */
function scanOf(name: string, jobNames: readonly string[], lines: number) {
  const taken: LineEstimates[] = [];
  const summary = { lines, attributes: [{ name, jobNames } as unknown as AttributeSummary] };
  const scan = {
    summary: async () => summary as unknown as ScannedSummary,
    estimate: async (estimates: LineEstimates) => void taken.push(estimates),
  } as unknown as ManifestScan;
  return { scan, taken };
}
