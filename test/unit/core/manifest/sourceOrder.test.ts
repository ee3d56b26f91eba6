import assert from 'node:assert/strict';
import { KeptSourceOrder } from '../../../../src/core/manifest/keptSourceOrder.js';
import { sourceOrder } from '../../../../src/core/manifest/sourceOrder.js';
import { scanned } from './scanning.js';

const { compare } = new Intl.Collator('en', { numeric: true });

/** Addresses in a fixed muddle, `count` of them. */
function muddle(count: number, make: (number: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => make(Math.imul(index + 1, 0x9e3779b1) >>> 0));
}

const alphabet = 'abAB01209._- ()[]~!%+=@$,;';
const letters = (number: number, length: number) =>
  Array.from(
    { length },
    (_, at) => alphabet[((Math.imul(number ^ (at * 7919), 0x45d9f3b) >>> 8) & 15) ^ (at % 10)],
  ).join('');

describe('the order of sources', () => {
  const cases: readonly { readonly name: string; readonly sources: readonly string[] }[] = [
    { name: 'numbers of one length', sources: muddle(500, (n) => `s3://b/${String(n % 1000).padStart(8, '0')}.jpg`) },
    { name: 'numbers of any length', sources: muddle(500, (n) => `s3://b/${n % 10 ** (1 + (n % 9))}.jpg`) },
    { name: 'numbers behind words', sources: muddle(900, (n) => `s3://b/${n % 3 ? 'cat' : 'Dog'}.${n % 3000}.jpg`) },
    {
      name: 'long beginnings in common',
      sources: muddle(400, (n) => `b/a-rather-long-beginning-${n % 5}-${n % 99}-x`),
    },
    { name: 'several numbers, with zeros before', sources: muddle(600, (n) => `b/0${n % 7}_00${n % 11}_${n % 13}`) },
    { name: 'numbers too long for a double', sources: muddle(300, (n) => `b/${n}${n % 77}000000${n % 3}${n}.png`) },
    { name: 'all kinds of characters', sources: muddle(3_000, (n) => `b/${letters(n, 1 + (n % 9))}`) },
    {
      name: 'letters of either case',
      sources: muddle(500, (n) => `b/${n % 2 ? 'a' : 'A'}${n % 4 ? 'b' : 'B'}${n % 9}`),
    },
    { name: 'names beyond ASCII', sources: muddle(300, (n) => `b/${n % 2 ? 'é' : 'e'}${n % 50}`) },
    { name: 'the same names again', sources: muddle(300, (n) => `b/${n % 5}.jpg`) },
    { name: 'many folders', sources: muddle(800, (n) => `s3://b/${n % 21}/${n % 2 ? 'x/' : ''}${n % 40}.jpg`) },
  ];
  for (const { name, sources } of cases) {
    it(`is that of their folders and names as texts, for ${name}`, async () => {
      const text = sources.map((source) => `${JSON.stringify({ 'source-ref': source })}\n`).join('');
      const { columns } = await scanned(new TextEncoder().encode(text));
      const lines = Uint32Array.from(sources.keys());
      const expected = [...sources.keys()].toSorted((a, b) => {
        const [one, other] = [split(sources[a]), split(sources[b])];
        return compare(one.folder, other.folder) || compare(one.name, other.name) || a - b;
      });
      assert.deepEqual(
        Array.from(sourceOrder(lines, columns), (place) => sources[place]),
        expected.map((place) => sources[place]),
      );
      assert.deepEqual([...sourceOrder(lines, columns)], expected);
    });
  }

  it('is the same when it is found out ahead, step by step, by whoever asks for it in between', async () => {
    const sources = muddle(60_000, (n) => `s3://b/${n % 4 === 0 ? 'x/' : ''}${n % 50_000}.jpg`);
    const text = sources.map((source) => `${JSON.stringify({ 'source-ref': source })}\n`).join('');
    const { columns } = await scanned(new TextEncoder().encode(text));
    const all = Uint32Array.from(sources.keys());
    const expected = new KeptSourceOrder().sorted(all, columns, false);
    const steps = [...new KeptSourceOrder().prepare(all, columns)].length;
    assert.ok(steps > 5, `${steps} steps`);
    for (const taken of [0, 1, Math.floor(steps / 2), steps - 1, steps + 1]) {
      const kept = new KeptSourceOrder();
      const ahead = kept.prepare(all, columns);
      Array.from({ length: taken }, () => ahead.next());
      assert.deepEqual(kept.sorted(all, columns, false), expected, `after ${taken} steps`);
      assert.equal(ahead.next().done, true, 'nothing is left to be done');
    }
  });

  it('is the same for what a filter leaves, whether or not that of all lines is known', async () => {
    const sources = muddle(400, (n) => `s3://b/${n % 3}/${n % 7}-${n % 50}.jpg`);
    const text = sources.map((source) => `${JSON.stringify({ 'source-ref': source })}\n`).join('');
    const { columns } = await scanned(new TextEncoder().encode(text));
    const all = Uint32Array.from(sources.keys());
    const kept = new KeptSourceOrder();
    assert.deepEqual(kept.sorted(all, columns, false), sourceOrder(all, columns));
    for (const step of [1, 2, 3, 40]) {
      const lines = all.filter((line) => line % step === 0);
      assert.deepEqual(
        kept.sorted(lines, columns, true),
        new KeptSourceOrder().sorted(lines, columns, true),
        `every line of ${step}`,
      );
    }
  });
});

function split(source = ''): { folder: string; name: string } {
  const end = source.lastIndexOf('/') + 1;
  return { folder: source.slice(0, end), name: source.slice(end) };
}
