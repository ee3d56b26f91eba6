import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Uri } from 'vscode';
import { Failure } from '../../../src/core/failure.js';
import { breakDown } from '../../../src/core/manifest/breakdown.js';
import { ManifestColumns } from '../../../src/core/manifest/manifestColumns.js';
import type { ManifestScan, StartManifestScan } from '../../../src/core/manifest/manifestScan.js';
import { summarize } from '../../../src/core/manifest/manifestSummary.js';
import { objectScheme } from '../../../src/core/objectUri.js';
import type { ManifestModel } from '../../../src/host/editors/manifestModel.js';
import { fakeVscode } from '../../support/fakeVscode.js';

const { signal } = new AbortController();
const changed = new Failure('object.changed', { uri: 's3://b/k' });
const uri = { scheme: objectScheme, authority: 'b', path: '/output.manifest' } as Uri;

describe('an open manifest', () => {
  let start: (scan: StartManifestScan) => ManifestModel;
  before(async () => {
    fakeVscode();
    const { ManifestModel: Model } = await import('../../../src/host/editors/manifestModel.js');
    start = (scan) => new Model(uri, scan, () => Promise.reject(new Error('No store')));
  });

  let opened: ManifestModel | undefined;
  afterEach(() => opened?.dispose());

  /** A model of a manifest whose scans end as `outcomes` says, and are followed as `follows` says, one after the other. */
  const open = (outcomes: (Error | Promise<void> | undefined)[], follows: (Error | boolean)[] = []) => {
    let scans = 0;
    let followed = 0;
    const scan = (): ManifestScan => ({
      async finish() {
        const outcome = outcomes[scans++];
        if (outcome instanceof Error) {
          throw outcome;
        }
        await outcome;
      },
      async follow() {
        const outcome = follows[followed++] ?? false;
        if (outcome instanceof Error) {
          throw outcome;
        }
        return outcome;
      },
      summary: async () => ({ ...summarize(new ManifestColumns()), lines: 0, problems: 0, brokenLines: 0 }),
      problems: async () => [],
      rows: async () => ({ total: 0, rows: [] }),
      search: async () => ({ total: 0, searchedBytes: 0, totalBytes: 0, isComplete: true }),
      lines: async () => ({ total: 0, lines: [] }),
      placeOf: async () => undefined,
      breakdown: async () => breakDown(new ManifestColumns(), undefined, undefined),
      failures: async () => ({ failed: 0, groups: [], others: 0 }),
      repeatedSources: async () => ({ sources: 0, repeats: 0, groups: [] }),
      sources: async () => [],
      rawLines: async () => new Uint8Array(),
      text: async () => '',
      estimate: async () => undefined,
      dispose: () => undefined,
    });
    const model = start(scan);
    opened = model;
    const state = () => model.state(signal);
    return {
      model,
      version: async () => (await state()).version,
      progress: async () => (await state()).progress.kind,
      scans: () => scans,
    };
  };

  it('is read again where it was replaced while it was being read', async () => {
    const { progress, scans } = open([changed, changed, undefined]);
    await turns();
    assert.deepEqual([await progress(), scans()], ['complete', 3]);
  });

  const changes: readonly {
    readonly name: string;
    readonly follows: (Error | boolean)[];
    readonly scans: number;
  }[] = [
    { name: 'goes on with its scan where it has only grown', follows: [true, true], scans: 1 },
    { name: 'is scanned anew where it has become another one', follows: [false, true], scans: 2 },
    { name: 'is scanned anew where it cannot be followed', follows: [changed, true], scans: 2 },
  ];
  for (const { name, follows, scans: expected } of changes) {
    it(name, async () => {
      const { model, progress, scans, version } = open([], follows);
      await turns();
      const first = model.scan;
      model.rescan();
      await turns();
      assert.deepEqual([await progress(), scans(), await version()], ['complete', expected, 2]);
      assert.equal(model.scan === first, expected === 1);
      model.rescan();
      await turns();
      assert.deepEqual([await progress(), scans(), await version()], ['complete', expected, 3]);
    });
  }

  it('is scanned anew, not followed, where its first scan has failed', async () => {
    const { model, progress, scans } = open([new Error('The disk is gone')], [true]);
    await turns();
    assert.equal(await progress(), 'failed');
    model.rescan();
    await turns();
    assert.deepEqual([await progress(), scans()], ['complete', 2]);
  });

  it('is waited for by whoever needs all of it, until it is read or cannot be', async () => {
    const reading = Promise.withResolvers<void>();
    const { model } = open([reading.promise]);
    await turns();
    let isRead = false;
    const waiting = model.whenRead(signal).then(() => (isRead = true));
    const giveUp = new AbortController();
    const givenUp = assert.rejects(model.whenRead(giveUp.signal), /Enough/u);
    giveUp.abort(new Error('Enough'));
    await givenUp;
    assert.deepEqual([model.isRead, isRead], [false, false]);
    reading.resolve();
    await waiting;
    assert.equal(model.isRead, true);
    await model.whenRead(signal);
    model.dispose();
    const { model: failing } = open([new Error('The disk is gone')]);
    await assert.rejects(failing.whenRead(signal), /The disk is gone/u);
  });

  it('is given up where it is replaced again and again, and can be read again', async () => {
    const { model, progress, scans } = open([changed, changed, changed, changed, changed, undefined]);
    await turns();
    assert.deepEqual([await progress(), scans()], ['failed', 5]);
    model.retry();
    assert.equal(await progress(), 'scanning');
    await turns();
    assert.deepEqual([await progress(), scans()], ['complete', 6]);
  });
});

/** More turns of the event loop than all scans need. */
async function turns(): Promise<void> {
  for (let count = 0; count < 50; count++) {
    await turn();
  }
}
