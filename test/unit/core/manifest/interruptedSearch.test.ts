import assert from 'node:assert/strict';
import type { RowQuery } from '../../../../src/core/manifest/arrangement.js';
import { type ByteSource, bytesSource } from '../../../../src/core/manifest/byteSource.js';
import { ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';
import { ManifestReader } from '../../../../src/core/manifest/manifestReader.js';
import { kernelProgram } from '../../../support/kernelProgram.js';
import { never } from './scanning.js';

const metadata = { 'class-name': 'cat', 'human-annotated': 'yes', 'job-name': 'labeling-job/a' };
const lineOf = (line: number) =>
  `${JSON.stringify({ 'source-ref': `s3://b/${line}.jpg`, note: 'needle', j: 0, 'j-metadata': metadata })}\n`;
const before = lineOf(0) + lineOf(1);
const after = before + lineOf(2);

const queryOf = (text: string): RowQuery => ({
  attribute: 'j',
  filter: { classes: [], confidence: undefined, states: [], text, inWholeLines: true },
  sort: { by: 'line', isDescending: false },
});
const query = queryOf('needle');
const range = { first: 0, count: 10 };

/** Bytes that are far away while `hold` is on: whoever reads them waits, or gives up. */
class FarSource implements ByteSource {
  readonly #whole: ByteSource;
  readonly #waiting = new Set<() => void>();
  #isHeld = false;
  #isClosed = false;
  #sizes = 0;

  constructor(text: string) {
    this.#whole = bytesSource(new TextEncoder().encode(text));
  }

  /** How often its size was asked for: each search does so once, when it begins. */
  get sizes(): number {
    return this.#sizes;
  }

  /** From now on nothing can be read; what was asked for before fails, as reading a closed file does. */
  close(): void {
    this.#isClosed = true;
    this.release();
  }

  size(signal: AbortSignal): Promise<number> {
    this.#sizes++;
    return this.#whole.size(signal);
  }

  async read(into: Uint8Array, offset: number, signal: AbortSignal): Promise<number> {
    if (this.#isHeld) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.add(resolve);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    }
    if (this.#isClosed) {
      throw new Error('EBADF: bad file descriptor, read');
    }
    return this.#whole.read(into, offset, signal);
  }

  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#waiting.forEach((resolve) => resolve());
    this.#waiting.clear();
  }
}

interface Opened {
  readonly source: FarSource;
  readonly document: ManifestDocument;
  readonly reader: ManifestReader;
}

async function opened(): Promise<Opened> {
  const source = new FarSource(before);
  const document = new ManifestDocument(source, await kernelProgram());
  for await (const _ of document.scan(never));
  return { source, document, reader: new ManifestReader(document) };
}

/** The manifest has a line more, and its reader is told. */
async function grow({ source, document, reader }: Opened): Promise<void> {
  const options = { mostBytes: 1 << 20, random: () => 0, signal: never };
  const scan = await document.follow(new FarSource(after), options);
  assert.ok(scan);
  reader.becomesAnother();
  for await (const _ of scan);
  source.close();
}

/** The manifest has a line more, which nobody tells its reader. */
async function growUnheard(document: ManifestDocument): Promise<void> {
  const options = { mostBytes: 1 << 20, random: () => 0, signal: never };
  const scan = await document.follow(new FarSource(after), options);
  assert.ok(scan);
  for await (const _ of scan);
}

/** As long as it takes until nothing goes on by itself any more. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a search in whole lines that is cut short', () => {
  const questions: readonly { readonly name: string; readonly ask: (reader: ManifestReader) => Promise<unknown> }[] = [
    { name: 'lines', ask: async (reader) => (await reader.lines(query, 0, 10, never)).total },
    { name: 'a place', ask: async (reader) => ((await reader.placeOf(query, 2, never)) ?? 0) + 1 },
    {
      name: 'a breakdown',
      ask: async (reader) =>
        (await reader.breakdown({ attribute: query.attribute, query, of: 'filtered' }, never)).objects,
    },
    { name: 'rows', ask: async (reader) => (await reader.rows(query, range, never)).rows.length },
  ];
  for (const { name, ask } of questions) {
    it(`begins anew for whoever waits for ${name} while the manifest grows`, async () => {
      const { source, document, reader } = await opened();
      source.hold();
      const asked = ask(reader);
      await settled();
      await growUnheard(document);
      assert.equal(await ask(reader), 3, 'asked after it grew');
      assert.equal(await asked, 3, 'asked before it grew');
    });
  }

  it('says so to whoever asks for news of it, and goes on with the manifest as it is now', async () => {
    const { source, document, reader } = await opened();
    source.hold();
    const asked = reader.search(query, never);
    await settled();
    await growUnheard(document);
    const now = await reader.search(query, never);
    assert.deepEqual([now.total, now.isComplete], [3, true]);
    assert.deepEqual(await asked, now);
  });

  it('does not happen to what somebody waits for, however many texts are searched for at once', async () => {
    const { source, reader } = await opened();
    const { sizes } = source;
    const texts = Array.from({ length: 12 }, (_, count) => '0.jpg","note":"needle'.slice(0, 5 + count));
    // Which job made a label is read from the lines when the search is complete already.
    const jobs = [metadata['job-name']];
    const queries = texts.map((text) => ({ ...queryOf(text), filter: { ...queryOf(text).filter, jobs } }));
    source.hold();
    const asked = Promise.all(queries.map((each) => reader.lines(each, 0, 10, never)));
    await settled();
    source.release();
    assert.deepEqual(
      (await asked).map(({ total }) => total),
      texts.map(() => 1),
    );
    assert.equal(source.sizes - sizes, texts.length, 'each is begun once');
  });

  it('happens to what nobody waits for, once others were searched for since', async () => {
    const { source, reader } = await opened();
    const begun = async (text: string) => {
      const { sizes } = source;
      await reader.lines(queryOf(text), 0, 10, never);
      return source.sizes - sizes;
    };
    const texts = ['needle', 'note', 'source', 'ref', 's3'];
    for (const text of texts) {
      assert.equal(await begun(text), 1);
    }
    assert.equal(await begun('s3'), 0, 'still known');
    assert.equal(await begun('needle'), 1, 'begun anew');
  });

  it('is so before the bytes that it reads are closed, although nobody asks again', async () => {
    const manifest = await opened();
    manifest.source.hold();
    const asked = manifest.reader.lines(query, 0, 10, never);
    const told = manifest.reader.search(queryOf('note'), never);
    await settled();
    await grow(manifest);
    assert.equal((await asked).total, 3);
    let news = await told;
    while (!news.isComplete) {
      news = await manifest.reader.search(queryOf('note'), never);
    }
    assert.equal(news.total, 3);
  });
});
