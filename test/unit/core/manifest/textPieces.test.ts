import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { textPieces } from '../../../../src/core/manifest/textPieces.js';

const cut = (text: string, ...spans: readonly (readonly [string, number, number])[]) =>
  textPieces(
    text,
    spans.map(([name, start, end]) => ({ name, start, end })),
  ).map((piece) => [piece.text].concat(piece.spans.map(({ name }) => name)));

describe('a text with spans', () => {
  it('is one piece without any', () => assert.deepEqual(cut('plain'), [['plain']]));

  it('is no piece where it is empty', () => assert.deepEqual(cut(''), []));

  it('is cut where spans begin and end', () =>
    assert.deepEqual(cut('Ana met Bob', ['a', 0, 3], ['b', 8, 11]), [['Ana', 'a'], [' met '], ['Bob', 'b']]));

  it('is cut by characters: what UTF-16 has two units for is one', () =>
    assert.deepEqual(cut('🐕 and 𝒞at', ['dog', 0, 1], ['cat', 6, 9]), [['🐕', 'dog'], [' and '], ['𝒞at', 'cat']]));

  it('has pieces with several spans where these overlap, the outer first', () =>
    assert.deepEqual(cut('New York City', ['place', 0, 13], ['city', 0, 8], ['name', 4, 13]), [
      ['New ', 'place', 'city'],
      ['York', 'place', 'city', 'name'],
      [' City', 'place', 'name'],
    ]));

  it('is whole again when the pieces are joined, and each span is the pieces that have it', () => {
    const texts = fc.array(fc.constantFrom('a', 'é', '🐕', '\n', '𝒞'), { maxLength: 20 });
    fc.assert(
      fc.property(texts, fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 7 }), (characters, pairs) => {
        const spans = pairs
          .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
          .filter(({ start, end }) => start < end && end <= characters.length);
        const pieces = textPieces(characters.join(''), spans);
        assert.equal(pieces.map(({ text }) => text).join(''), characters.join(''));
        for (const span of spans) {
          const covered = pieces.filter((piece) => piece.spans.includes(span)).map(({ text }) => text);
          assert.equal(covered.join(''), characters.slice(span.start, span.end).join(''));
        }
      }),
    );
  });
});
