import assert from 'node:assert/strict';
import process from 'node:process';
import { hashSources } from '../../../../src/core/compare/hashedSources.js';
import { pairByHash, pairBySource, type SourceSide, unpaired } from '../../../../src/core/compare/sourcePairs.js';
import { ManifestColumns } from '../../../../src/core/manifest/manifestColumns.js';
import { seededRandom } from '../../../../src/core/simulation/seededRandom.js';

const manifests = Number(process.env['COMPARE_FUZZ_MANIFESTS'] ?? 60);
const firstSeed = Number(process.env['COMPARE_FUZZ_SEED'] ?? Date.now() % 1_000_000);
/** As many as there may be numbers for. */
const mostFolders = 100_000;

describe('lines paired by their sources', () => {
  it('are paired so however few hashes there are', () => {
    for (let seed = firstSeed; seed < firstSeed + manifests; seed++) {
      const random = seededRandom(seed);
      const [here, there] = [randomSources(random), randomSources(random)];
      const expected = plainly(here, there);
      const sides = [sideOf(here), sideOf(there)] as const;
      const byHash = pairBySource(...sides);
      assert.deepEqual(Array.from(byHash.thereOf), expected, `seed ${seed}`);
      for (const mask of [0, 1, 7]) {
        const [own, other] = [withFewHashes(sides[0], mask), withFewHashes(sides[1], mask)];
        assert.deepEqual(pairByHash(own, other), byHash, `seed ${seed}, hashes of ${mask}`);
      }
    }
  });

  it('are paired across many parts, each line with the right one', () => {
    const sources = Array.from({ length: 40_000 }, (_, line) => `s3://b/${line % 39_000}.jpg`);
    const there = sources.toReversed();
    const { thereOf, duplicatesHere, duplicatesThere } = pairBySource(sideOf(sources), sideOf(there));
    assert.deepEqual(Array.from(thereOf), plainly(sources, there));
    assert.deepEqual([duplicatesHere, duplicatesThere], [1_000, 1_000]);
  });

  it('are paired with those of a manifest that has more folders than there are numbers for', () => {
    const folders = Array.from({ length: mostFolders }, (_, folder) => `s3://b/${folder}/a.jpg`);
    const here = ['s3://b/late/a.jpg', 's3://b/late/b.jpg', 's3://b/7/a.jpg', 'late/a.jpg', 'a.jpg'];
    const there = [...folders, ...here.toReversed()];
    assert.deepEqual(Array.from(pairBySource(sideOf(here), sideOf(there)).thereOf), plainly(here, there));
    assert.deepEqual(
      Array.from(pairBySource(sideOf(there), sideOf(here)).thereOf.slice(-5)),
      plainly(there, here).slice(-5),
    );
  });
});

/** The rule with a map of whole texts. */
function plainly(here: readonly string[], there: readonly string[]): readonly number[] {
  const waiting = new Map<string, number[]>();
  for (const [line, source] of there.entries()) {
    const lines = waiting.get(source) ?? [];
    waiting.set(source, lines);
    lines.push(line);
  }
  return here.map((source) => waiting.get(source)?.shift() ?? unpaired);
}

function sideOf(sources: readonly string[]): SourceSide {
  const columns = new ManifestColumns();
  for (const value of sources) {
    columns.add({ source: { kind: value.startsWith('a text') ? 'text' : 'object', value }, labels: [] });
  }
  return { columns, longTexts: undefined };
}

function withFewHashes(side: SourceSide, mask: number) {
  const { low, high } = hashSources(side);
  return { ...side, hashed: { low: low.map((hash) => hash & mask), high: high.map((hash) => hash & mask) } };
}

function randomSources(random: () => number): readonly string[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const places = ['s3://b/', 's3://b/a/', 's3://b/ü/', 's3://c/a/', '', 'a text '];
  return Array.from({ length: below(60) }, () => `${places[below(places.length)]}${below(12)}.jpg`);
}
