import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ManifestScan } from '../../../src/core/manifest/manifestScan.js';
import { SmallFiles } from '../../../src/node/smallFiles.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { user } from '../../support/vscodeModule.js';

const store = () => Promise.reject(new Error('No store'));

describe('a manifest that is open, with a review', () => {
  before(fakeVscode);
  let folder = '';
  beforeEach(async () => {
    user.reset();
    folder = await mkdtemp(path.join(tmpdir(), 'open-manifest-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('tells as soon as it has changed that objects of decisions are gone, and keeps these', async () => {
    const lines = ['1.jpg', '2.jpg'].map((name) => `{"source-ref":"s3://b/${name}"}`);
    const scan = (): ManifestScan => scanOver(lines);
    const { OpenManifest } = await import('../../../src/host/editors/openManifest.js');
    const { KeptReviews } = await import('../../../src/host/editors/keptReviews.js');
    const { Uri } = await import('vscode');
    const uri = Uri.from({ scheme: 'gts3', authority: 'b', path: '/output.manifest' });
    const reviews = new KeptReviews(new SmallFiles(folder));
    const opened = new OpenManifest(uri, { start: scan, store, reviews });
    const { review, flush } = await opened.review;
    ['1.jpg', '2.jpg'].forEach((name, line) => {
      const decision = { isFlagged: true, comment: '' };
      review.decide('pet', line, { decision, object: { source: `s3://b/${name}`, occurrence: 0, said: '' } });
    });
    lines.splice(0, 1);
    opened.model.rescan();
    while (user.asked.length === 0) {
      await pause(5);
    }
    assert.match(user.asked[0]?.text ?? '', /^"output\.manifest" has changed\..*any more.*now: 1\. They are kept/u);
    await flush();
    const kept = await reviews.open(uri);
    assert.deepEqual([kept.size, kept.decided.map(({ line }) => line)], [2, [0]]);
    opened.dispose();
  });
});

function scanOver(lines: readonly string[]): ManifestScan {
  return {
    finish: async () => undefined,
    follow: async () => false,
    lines: async () => ({ total: lines.length, lines: lines.map((text, line) => ({ line, text })) }),
    dispose: () => undefined,
  } as unknown as ManifestScan;
}
