import assert from 'node:assert/strict';
import type { PictureShape } from '../../../src/core/manifest/pictureShape.js';
import { imagePx } from '../../../src/core/manifest/pixels.js';
import { connect, type Handlers, type Host, serve } from '../../../src/protocol/channel.js';
import type { ManifestEditor, MissingCause, ThumbnailPicture } from '../../../src/protocol/manifestEditor.js';
import type { PictureDecoder } from '../../../webview/manifest/pictureDecoder.js';
import { type Thumbnail, Thumbnails } from '../../../webview/manifest/thumbnails.js';
import { FakeClock } from '../../support/fakeClock.js';
import { portPair } from '../../support/portPair.js';

const { signal } = new AbortController();
const shape: PictureShape = { width: imagePx(640), height: imagePx(480), orientation: 1 };
const jpeg: ThumbnailPicture = { kind: 'thumbnail', bytes: new Uint8Array(4), contentType: 'image/jpeg', shape };
const missing = (cause: MissingCause): ThumbnailPicture => ({ kind: 'missing', cause, reason: cause });

describe('the thumbnails of a page', () => {
  let clock: FakeClock;
  let thumbnails: Thumbnails;
  let host: Host<ManifestEditor>;
  /** What the host has of a line; it may take its time. */
  let answer: (line: number, source: string) => ThumbnailPicture | Promise<ThumbnailPicture>;
  let asked: string[];
  let told: string[];
  let open: FakeBitmap[];
  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    told = [];
    open = [];
    answer = () => jpeg;
    const [ofHost, ofPage] = portPair();
    const handlers: Pick<Handlers<ManifestEditor>, 'thumbnail.read'> = {
      'thumbnail.read': async ({ line, source }) => {
        asked.push(`${line} ${source}`);
        return answer(line, source);
      },
    };
    host = serve<ManifestEditor>(ofHost, handlers as Handlers<ManifestEditor>);
    const decode = async () => ({ bitmap: new FakeBitmap(open) });
    thumbnails = new Thumbnails({
      client: connect<ManifestEditor>(ofPage),
      decoder: { decode, shrink: decode } as unknown as PictureDecoder,
      after: (delayMs, run) => void clock.after(delayMs, run),
    });
    thumbnails.onOutdated((outdated) => told.push(outdated));
  });

  const load = async (source: string, line = 0): Promise<string> =>
    kindOf(await thumbnails.load({ line, source, size: 160 }, signal));

  it('are read once, and there at once the next time', async () => {
    assert.equal(await load('a'), 'picture');
    assert.equal(await load('a', 7), 'picture');
    assert.deepEqual(asked, ['0 a']);
  });

  it('are not kept of a line that is another object by now, but asked for where that is', async () => {
    answer = (line) => (line === 3 ? jpeg : missing('moved'));
    assert.equal(await load('a', 0), 'moved');
    assert.equal(thumbnails.peek('a', 160), undefined);
    assert.equal(await load('a', 3), 'picture');
  });

  for (const cause of ['notFound', 'noAccess', 'notAPicture', 'unreachable', 'other'] as const) {
    it(`are asked for again that were missing (${cause}), when the manifest has changed`, async () => {
      answer = () => missing(cause);
      assert.equal(await load('a'), cause);
      assert.equal(await load('a'), cause);
      assert.deepEqual(asked, ['0 a']);
      answer = () => jpeg;
      host.emit('manifest.changed', { progress: { kind: 'complete' } });
      await settled();
      assert.deepEqual(told, ['missing']);
      assert.equal(await load('a'), 'picture');
    });
  }

  it('are not asked for again while the manifest is only being read', async () => {
    answer = () => missing('notFound');
    await load('a');
    host.emit('manifest.changed', { progress: { kind: 'scanning', scannedBytes: 1, totalBytes: 2 } });
    await settled();
    assert.deepEqual(told, []);
  });

  it('are asked for again after a while where that may help, ever more seldom', async () => {
    answer = () => missing('unreachable');
    assert.deepEqual([await load('a'), await load('b')], ['unreachable', 'unreachable']);
    clock.advance(15_000);
    assert.deepEqual(told, ['missing']);
    assert.equal(await load('a'), 'unreachable');
    clock.advance(15_000);
    assert.deepEqual(told, ['missing']);
    clock.advance(15_000);
    assert.deepEqual(told, ['missing', 'missing']);
    answer = () => jpeg;
    assert.equal(await load('a'), 'picture');
    assert.deepEqual(asked, ['0 a', '0 b', '0 a', '0 a']);
  });

  it('are not asked for again after a while where that does not help', async () => {
    answer = () => missing('notFound');
    await load('a');
    clock.advance(1_000_000);
    assert.deepEqual(told, []);
    assert.equal(await load('a'), 'notFound');
    assert.deepEqual(asked, ['0 a']);
  });

  it('are missing where the host fails, and asked for again', async () => {
    answer = () => Promise.reject(new Error('The manifest is not open yet'));
    assert.equal(await load('a'), 'other');
    answer = () => jpeg;
    clock.advance(15_000);
    assert.equal(await load('a'), 'picture');
  });

  it('are read anew behind another connection, and what was on its way is not kept', async () => {
    assert.equal(await load('a'), 'picture');
    const late = Promise.withResolvers<ThumbnailPicture>();
    answer = () => late.promise;
    const before = load('b').catch(() => 'given up');
    await settled();
    host.emit('pictures.outdated', undefined);
    await settled();
    assert.deepEqual(told, ['all']);
    late.resolve(jpeg);
    assert.equal(await before, 'given up');
    assert.equal(thumbnails.peek('a', 160), undefined);
    assert.equal(thumbnails.peek('b', 160), undefined);
    assert.deepEqual(open, [], 'no bitmap is left');
    answer = () => missing('noAccess');
    assert.equal(await load('a'), 'noAccess');
  });

  it('of repeated sources are one', async () => {
    assert.deepEqual(await Promise.all([load('a', 1), load('a', 2)]), ['picture', 'picture']);
    assert.equal(open.length, 1);
  });
});

function kindOf(thumbnail: Thumbnail): string {
  return thumbnail.kind === 'missing' ? thumbnail.cause : thumbnail.kind;
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Of 10 × 10 pixels; open until it is closed. */
class FakeBitmap implements ImageBitmap {
  readonly width = 10;
  readonly height = 10;
  readonly #open: FakeBitmap[];

  constructor(open: FakeBitmap[]) {
    this.#open = open;
    open.push(this);
  }

  close(): void {
    this.#open.splice(this.#open.indexOf(this), 1);
  }
}
