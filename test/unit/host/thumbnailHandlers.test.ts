import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { KeptThumbnail, ThumbnailCache } from '../../../src/core/manifest/thumbnailCache.js';
import type { PictureShape } from '../../../src/core/manifest/pictureShape.js';
import { imagePx } from '../../../src/core/manifest/pixels.js';
import type { ObjectBody, ReadChangedObject } from '../../../src/core/ports.js';
import type { S3Uri } from '../../../src/core/s3Uri.js';
import type { Handlers } from '../../../src/protocol/channel.js';
import type { ManifestEditor, ThumbnailPicture } from '../../../src/protocol/manifestEditor.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';

interface OpenedPage {
  readonly handlers: Pick<Handlers<ManifestEditor>, 'thumbnail.read' | 'thumbnail.keep'>;
  readonly source: string;
  readonly forget: () => void;
}

const { signal } = new AbortController();
const jpeg = (last: number) => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, last);
const shape: PictureShape = { width: imagePx(640), height: imagePx(480), orientation: 6 };
const webp = Uint8Array.from(Buffer.from('RIFF\0\0\0\0WEBPVP8 '));

describe('thumbnails for a page', () => {
  let folder = '';
  let store: CountingStore;
  let cache: MemoryCache;
  /** As a page that was opened just now has them; its one line names `source`. */
  let open: (source: string) => OpenedPage;
  /** What the line of the manifest names. */
  let named: (source: string) => string;
  before(async () => {
    fakeVscode();
    const { Uri } = await import('vscode');
    const { thumbnailHandlers } = await import('../../../src/host/editors/thumbnailHandlers.js');
    open = (source) => ({
      ...thumbnailHandlers({
        pictures: { manifest: Uri.file(path.join(folder, 'a.manifest')), store: async () => store },
        lineText: async () => JSON.stringify({ 'source-ref': named(source) }),
        cache,
      }),
      source,
    });
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'thumbnails-'));
    cache = new MemoryCache();
    named = (source) => source;
    store = new CountingStore();
    await store.createBucket('b', signal);
    await store.writeObject({ bucket: 'b', key: 'a.jpg' }, jpeg(1), {}, signal);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const answer = async (page: OpenedPage, bytes: Uint8Array = webp, given: PictureShape = shape) =>
    page.handlers['thumbnail.keep']({ ticket: ticketOf(await ask(page)), bytes, shape: given }, signal);

  const places: readonly {
    readonly name: string;
    readonly source: string;
    readonly replace: () => Promise<void>;
  }[] = [
    {
      name: 'an object',
      source: 's3://b/a.jpg',
      replace: () => store.writeObject({ bucket: 'b', key: 'a.jpg' }, jpeg(2), {}, signal),
    },
    {
      name: 'a file',
      source: 'a.jpg',
      replace: () => writeFile(path.join(folder, 'a.jpg'), Uint8Array.of(...jpeg(2), 0)),
    },
  ];
  for (const { name, source, replace } of places) {
    it(`are made of ${name} once, and anew when it was replaced`, async () => {
      await writeFile(path.join(folder, 'a.jpg'), jpeg(1));
      const first = open(source);
      assert.equal((await ask(first)).kind, 'picture');
      await answer(first);
      assert.deepEqual(await ask(first), { kind: 'thumbnail', bytes: webp, contentType: 'image/webp', shape });
      assert.equal((await ask(open(source))).kind, 'thumbnail');
      await replace();
      const again = await ask(open(source));
      assert.equal(again.kind === 'picture' && again.bytes[5], 2);
    });
  }

  it('cost one request for each object and page, which brings bytes only where they are needed', async () => {
    await answer(open('s3://b/a.jpg'));
    assert.deepEqual(store.asked, ['read']);
    const next = open('s3://b/a.jpg');
    await ask(next);
    await ask(next);
    assert.deepEqual(store.asked, ['read', 'unchanged']);
  });

  it('are not shown of an object that is gone, or that may not be read any more', async () => {
    await answer(open('s3://b/a.jpg'));
    await store.deleteObjects('b', ['a.jpg'], signal);
    const missing = await ask(open('s3://b/a.jpg'));
    assert.ok(missing.kind === 'missing' && missing.reason.includes('a.jpg'));
  });

  const refused: readonly { readonly name: string; readonly bytes: Uint8Array }[] = [
    { name: 'what is no picture', bytes: Uint8Array.from(Buffer.from('<script>')) },
    { name: 'nothing', bytes: new Uint8Array() },
    { name: 'more than a thumbnail can have', bytes: Uint8Array.from([...webp, ...new Uint8Array(1_000_000)]) },
    { name: 'what came over as something else', bytes: JSON.parse(JSON.stringify(webp)) as Uint8Array },
  ];
  for (const { name, bytes } of refused) {
    it(`are not kept of a page that hands back ${name}`, async () => {
      await answer(open('s3://b/a.jpg'), bytes);
      assert.equal(cache.size, 0);
    });
  }

  const shapes: readonly unknown[] = [
    { ...shape, width: 0 },
    { ...shape, height: 1.5 },
    { ...shape, orientation: 9 },
    { width: '640', height: 480, orientation: 1 },
    null,
  ];
  for (const wrong of shapes) {
    it(`are not kept of a page that says the picture is ${JSON.stringify(wrong)}`, async () => {
      await answer(open('s3://b/a.jpg'), webp, wrong as PictureShape);
      assert.equal(cache.size, 0);
    });
  }

  it('are kept only for what was asked, and once', async () => {
    const page = open('s3://b/a.jpg');
    await page.handlers['thumbnail.keep']({ ticket: 1, bytes: webp, shape }, signal);
    assert.equal(cache.size, 0);
    const ticket = ticketOf(await ask(page));
    await page.handlers['thumbnail.keep']({ ticket, bytes: webp, shape }, signal);
    await page.handlers['thumbnail.keep']({ ticket, bytes: Uint8Array.of(...webp, 1), shape }, signal);
    assert.deepEqual((await cache.find('s3://b/a.jpg'))?.bytes, webp);
  });

  it('are none of a line that is another object by now', async () => {
    named = () => 's3://b/other.jpg';
    const moved = await ask(open('s3://b/a.jpg'));
    assert.equal(moved.kind === 'missing' && moved.cause, 'moved');
    assert.deepEqual(store.asked, []);
  });

  it('are asked for anew behind another connection, also those that were on their way', async () => {
    const page = open('s3://b/a.jpg');
    await answer(page);
    page.forget();
    store.whileAsked = page.forget;
    await ask(page);
    store.whileAsked = () => undefined;
    store.asked.length = 0;
    await ask(page);
    await ask(page);
    assert.deepEqual(store.asked, ['unchanged']);
  });

  it('say why there is none', async () => {
    const gone = await ask(open('s3://b/gone.jpg'));
    assert.ok(gone.kind === 'missing' && gone.reason.includes('s3://b/gone.jpg'));
    assert.equal(gone.cause, 'notFound');
    const elsewhere = await ask(open('file://elsewhere/share/cat.jpg'));
    assert.match(elsewhere.kind === 'missing' ? elsewhere.reason : '', /is not where the manifest is/u);
  });
});

function ask({ handlers, source }: OpenedPage): Promise<ThumbnailPicture> {
  return handlers['thumbnail.read']({ line: 0, source, size: 160 }, signal);
}

function ticketOf(picture: ThumbnailPicture): number {
  return picture.kind === 'picture' ? picture.ticket : assert.fail(`It is a ${picture.kind}`);
}

class MemoryCache implements ThumbnailCache {
  readonly #kept = new Map<string, KeptThumbnail>();

  get size(): number {
    return this.#kept.size;
  }

  async find(address: string): Promise<KeptThumbnail | undefined> {
    return this.#kept.get(address);
  }

  async keep(address: string, _size: number, thumbnail: KeptThumbnail): Promise<void> {
    this.#kept.set(address, thumbnail);
  }
}

class CountingStore extends MemoryObjectStore {
  readonly asked: string[] = [];
  whileAsked: () => void = () => undefined;

  override async readObject(...asked: Parameters<MemoryObjectStore['readObject']>): Promise<ObjectBody> {
    this.asked.push('read');
    return super.readObject(...asked);
  }

  override async readChangedObject(
    uri: S3Uri,
    { etag }: ReadChangedObject,
    giveUp: AbortSignal,
  ): Promise<ObjectBody | undefined> {
    const body = await super.readObject(uri, {}, giveUp);
    this.whileAsked();
    this.asked.push(body.etag === etag ? 'unchanged' : 'changed');
    return body.etag === etag ? undefined : body;
  }
}
