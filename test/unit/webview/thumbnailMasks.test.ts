import assert from 'node:assert/strict';
import { connect, type Handlers, serve } from '../../../src/protocol/channel.js';
import type { ManifestEditor } from '../../../src/protocol/manifestEditor.js';
import type { PictureDecoder } from '../../../webview/manifest/pictureDecoder.js';
import { ThumbnailMasks } from '../../../webview/manifest/thumbnailMasks.js';
import { portPair } from '../../support/portPair.js';

/** Of 16 MB each: there is room for two. */
const longest = 2_000;

describe('the small masks of a page', () => {
  let masks: ThumbnailMasks;
  let painted: FakeBitmap[];
  beforeEach(() => {
    painted = [];
    const [ofHost, ofPage] = portPair();
    const handlers: Pick<Handlers<ManifestEditor>, 'mask.read'> = {
      'mask.read': async () => ({ kind: 'picture', bytes: new Uint8Array(4), contentType: 'image/png' }),
    };
    serve<ManifestEditor>(ofHost, handlers as Handlers<ManifestEditor>);
    const paintMask = async () => {
      const bitmap = new FakeBitmap();
      painted.push(bitmap);
      return { bitmap };
    };
    masks = new ThumbnailMasks(connect<ManifestEditor>(ofPage), { paintMask } as unknown as PictureDecoder);
  });

  const load = async (address: string, { signal } = new AbortController()): Promise<ImageBitmap> => {
    const mask = { classes: [], background: 0, address };
    const wanted = {
      line: 0,
      source: 'a',
      attribute: 'streets',
      mask,
      isShown: [],
      orientation: 1,
      size: 160,
    } as const;
    const bitmap = await masks.load(wanted, signal);
    return bitmap ?? assert.fail('There is no mask');
  };
  const open = () => painted.map(({ width }) => width > 0);

  it('are read once, and there at once the next time', async () => {
    assert.equal(await load('1'), await load('1'));
    assert.equal(painted.length, 1);
  });

  it('stay open for whoever has not drawn them yet, when others take their room', async () => {
    const [drawing, alsoDrawing] = [new AbortController(), new AbortController()];
    const first = await load('1', drawing);
    assert.equal(await load('1', alsoDrawing), first);
    const done = new AbortController();
    await load('2', done);
    done.abort();
    await load('3');
    await load('4');
    assert.deepEqual(open(), [true, false, true, true]);
    drawing.abort();
    assert.deepEqual(open(), [true, false, true, true]);
    alsoDrawing.abort();
    assert.deepEqual(open(), [false, false, true, true]);
  });

  it('stay open and kept when those who have drawn them let go, as long as there is room', async () => {
    const drawing = new AbortController();
    const first = await load('1', drawing);
    drawing.abort();
    assert.equal(await load('1'), first);
    assert.deepEqual(open(), [true]);
  });

  it('are open where more come at once than there is room for', async () => {
    const all = await Promise.all(['1', '2', '3', '4'].map((address) => load(address)));
    assert.deepEqual(
      all.map(({ width }) => width),
      [longest, longest, longest, longest],
    );
  });

  it('are closed behind another connection once they are drawn', async () => {
    const drawing = new AbortController();
    await load('1', drawing);
    masks.clear();
    assert.deepEqual(open(), [true]);
    drawing.abort();
    assert.deepEqual(open(), [false]);
  });
});

/** Without pixels once it is closed, as a browser's is. */
class FakeBitmap implements ImageBitmap {
  width = longest;
  height = longest;

  close(): void {
    this.width = 0;
    this.height = 0;
  }
}
