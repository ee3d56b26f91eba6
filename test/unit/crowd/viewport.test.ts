import assert from 'node:assert/strict';
import { fitScale, fitted, kept, movedBy, zoomedBy } from '../../../webview/crowd/viewport.js';

const stage = { width: 800, height: 600 };

describe('viewport', () => {
  const fits = [
    { name: 'a wide picture by its width', picture: { width: 1600, height: 600 }, scale: 0.5 },
    { name: 'a tall picture by its height', picture: { width: 600, height: 1200 }, scale: 0.5 },
    { name: 'a thumbnail no more than six times', picture: { width: 10, height: 10 }, scale: 6 },
    { name: 'a picture that is not loaded yet', picture: { width: 0, height: 0 }, scale: 6 },
  ];
  for (const { name, picture, scale } of fits) {
    it(`fits ${name}`, () => assert.equal(fitScale(picture, stage), scale));
  }

  it('keeps what is under the pointer where it is', () => {
    const at = { x: 100, y: -50 };
    const before = { zoom: 2, x: 30, y: 10 };
    const after = zoomedBy(before, 1.5, at);
    assert.equal((at.x - after.x) / after.zoom, (at.x - before.x) / before.zoom);
    assert.equal((at.y - after.y) / after.zoom, (at.y - before.y) / before.zoom);
  });

  it('zooms out to the whole picture and no further', () => {
    assert.equal(zoomedBy({ zoom: 1.1, x: 0, y: 0 }, 0.1).zoom, 1);
  });

  it('does not move a picture out of sight', () => {
    const picture = { width: 800, height: 600 };
    assert.deepEqual(kept(movedBy(fitted, 500, 500), picture, stage), fitted);
    assert.deepEqual(kept({ zoom: 2, x: 5_000, y: -5_000 }, picture, stage), { zoom: 2, x: 400, y: -300 });
  });
});
