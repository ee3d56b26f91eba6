import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Uri } from 'vscode';
import { type Decision, Review } from '../../../src/core/review/review.js';
import type { ReviewedObject } from '../../../src/core/review/reviewedObject.js';
import type { KeptReviews } from '../../../src/host/editors/keptReviews.js';
import { SmallFiles } from '../../../src/node/smallFiles.js';
import { fakeVscode } from '../../support/fakeVscode.js';

const cat: { readonly decision: Decision; readonly object: ReviewedObject } = {
  decision: { verdict: { kind: 'changed', className: 'cat' }, isFlagged: false, comment: '' },
  object: { source: 's3://b/1.jpg', occurrence: 0, said: '' },
};

describe('a review that is not finished', () => {
  let folder = '';
  let kept: KeptReviews;
  let manifest: Uri;
  before(async () => {
    fakeVscode();
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'reviews-')), 'reviews');
    const { KeptReviews: Reviews } = await import('../../../src/host/editors/keptReviews.js');
    const { Uri: Address } = await import('vscode');
    kept = new Reviews(new SmallFiles(folder));
    manifest = Address.from({ scheme: 'gts3', authority: 'b', path: '/output.manifest' });
  });
  after(() => rm(path.dirname(folder), { recursive: true }));

  it('is there when the manifest is opened again, and only of that one', async () => {
    const review = new Review();
    const keeper = kept.keeper(manifest, review);
    review.decide('a', 7, cat);
    await keeper.keep();
    assert.deepEqual((await kept.open(manifest)).decided, [{ line: 7, decision: cat.decision }]);
    assert.equal((await kept.open(manifest.with({ path: '/other.manifest' }))).size, 0);
  });

  it('has each decision once it is said to be kept, however quickly they come', async () => {
    const review = await kept.open(manifest);
    const keeper = kept.keeper(manifest, review);
    const all = Array.from({ length: 20 }, async (_, line) => {
      review.decide('a', 100 + line, { ...cat, object: { ...cat.object, occurrence: 1 + line } });
      await keeper.keep();
      const there = (await kept.open(manifest)).decided.map((decided) => decided.line);
      assert.ok(there.includes(100 + line), `line ${100 + line}`);
    });
    await Promise.all(all);
    review.undo();
    await keeper.keep();
    assert.equal((await kept.open(manifest)).size, 20);
  });

  it('is gone when nothing is decided any more, and leaves no file', async () => {
    const review = await kept.open(manifest);
    const keeper = kept.keeper(manifest, review);
    review.clear();
    await keeper.keep();
    assert.deepEqual(await readdir(folder), []);
  });

  it('that cannot be read begins anew', async () => {
    const review = new Review();
    review.decide('a', 7, cat);
    await kept.keeper(manifest, review).keep();
    const [name = ''] = await readdir(folder);
    await writeFile(path.join(folder, name), '{"attribute":');
    assert.equal((await kept.open(manifest)).size, 0);
  });
});
