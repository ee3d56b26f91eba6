import assert from 'node:assert/strict';
import { array, assert as check, constantFrom, integer, property } from 'fast-check';
import { LineFinder } from '../../../../src/core/manifest/lineFinder.js';
import { WholeLineText } from '../../../../src/core/manifest/wholeLineText.js';
import { kernelProgram } from '../../../support/kernelProgram.js';

const encoder = new TextEncoder();

describe('lines that have a text', () => {
  let program: Uint8Array<ArrayBuffer>;
  before(async function () {
    this.timeout(240_000);
    program = await kernelProgram();
  });

  /** The numbers of the lines, from bytes that come in pieces of `chunkBytes`. */
  function found(bytes: Uint8Array, text: string, chunkBytes = bytes.length || 1): number[] {
    const finder = new LineFinder(program, new WholeLineText(text));
    const lines: number[] = [];
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      finder.add(bytes.subarray(at, at + chunkBytes), (line) => lines.push(line));
    }
    finder.end((line) => lines.push(line));
    return lines;
  }

  const cases: readonly (readonly [name: string, text: string, line: string])[] = [
    ['in either case', 'CAT', '{"class-name":"a Cat"}'],
    ['in a key', 'Job-Name', '{"job-name":"x"}'],
    ['beyond ASCII as it stands', 'ZÜRICH', '{"source":"Zürich"}'],
    ['beyond ASCII where it is escaped', 'zürich', String.raw`{"source":"Z\u00FCrich"}`],
    ['in the words of an escape', String.raw`\u00fc`, String.raw`{"source":"Z\u00FCrich"}`],
    ['with a slash that is escaped', 's3://b/1', String.raw`{"source-ref":"s3:\/\/b\/1.jpg"}`],
    ['with a quote that is escaped', 'a "b" c', String.raw`{"source":"a \"b\" c"}`],
    ['behind a backslash that is escaped', String.raw`c:\users`, String.raw`{"source":"C:\\Users"}`],
    ['that is ASCII and was escaped all the same', 'cat', String.raw`{"source":"\u0063at"}`],
    ['of two units each', '😀', String.raw`{"source":"\ud83d\ude00"}`],
    ['of two units each, in either case', '𐐨', String.raw`{"source":"\ud801\udc00"}`],
    ['that ends in a sigma', 'ΟΔΟΣ', '{"source":"ΟΔΟΣΑ"}'],
    ['at the very end', '"}', '{"a":"b"}'],
    ['of a single letter', 'q', '{"a":"Q"}'],
  ];
  for (const [name, text, line] of cases) {
    it(`are found ${name}`, () => {
      assert.deepEqual(found(encoder.encode(`{"other":1}\n${line}\r\n{"other":2}\n${line}`), text), [1, 3]);
    });
  }

  it('are not those in which it is cut by a line break, or is only half of an escape', () => {
    assert.deepEqual(found(encoder.encode('{"a":"ca\nt"}\n'), 'cat'), []);
    assert.deepEqual(found(encoder.encode(String.raw`{"a":"\\u00fc"}`), 'ü'), []);
    assert.deepEqual(found(encoder.encode(String.raw`{"a":"\u00f\u00e4"}`), 'ü'), []);
  });

  it('are those behind a line that is too long to be read', () => {
    const long = new Uint8Array((17 << 20) + 5).fill(0x61);
    const bytes = Buffer.concat([Buffer.from('cat\n'), long, Buffer.from('\ndog\ncat')]);
    assert.deepEqual(found(bytes, 'cat', 1 << 20), [0, 3]);
  });

  it('are those that a plain search over each line finds, whatever stands in them', () => {
    const pieces = [
      'a',
      'A',
      'k',
      'K',
      '\u212a',
      'i',
      'İ',
      'ü',
      'Ü',
      'ß',
      'σ',
      'ς',
      'Σ',
      '𐐀',
      '𐐨',
      '日',
      '�',
      ' ',
      '"',
      '/',
      '{',
    ];
    const escapes = [
      '\\',
      '\\\\',
      String.raw`\u00fc`,
      String.raw`\u00DC`,
      String.raw`\u0041`,
      String.raw`\n`,
      String.raw`\/`,
    ];
    const more = [
      String.raw`\ud801\udc00`,
      String.raw`\ud801`,
      String.raw`\u212a`,
      'u00',
      'fc',
      String.raw`\u03c2`,
      String.raw`\"`,
    ];
    const piece = constantFrom(...pieces, ...escapes, ...more);
    const line = array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
    const wanted = array(piece, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('').trim());
    check(
      property(
        array(line, { minLength: 1, maxLength: 60 }),
        wanted.filter((text) => text !== ''),
        constantFrom('\n', '\r\n'),
        integer({ min: 1, max: 90 }),
        (lines, text, lineBreak, chunkBytes) => {
          const expected = lines.flatMap((one, number) => (isIn(one, text) ? [number] : []));
          assert.deepEqual(found(encoder.encode(lines.join(lineBreak)), text, chunkBytes), expected);
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

/** The plain rule. */
function isIn(line: string, text: string): boolean {
  return [line, decoded(line)].some((one) => lower(one).includes(lower(text)));
}

function lower(text: string): string {
  return Array.from(text, (character) => {
    const small = character.toLowerCase();
    const isMadeAscii = small.charCodeAt(0) < 128 && character.charCodeAt(0) >= 128;
    return isMadeAscii ? character : small === 'ς' ? 'σ' : small;
  }).join('');
}

/** Each escape as what JSON says that it stands for. */
function decoded(line: string): string {
  let text = '';
  for (let at = 0; at < line.length;) {
    const length = [6, 2].find((count) => line[at] === '\\' && isEscape(line.slice(at, at + count))) ?? 0;
    text += length > 0 ? (JSON.parse(`"${line.slice(at, at + length)}"`) as string) : (line[at] ?? '');
    at += Math.max(1, length);
  }
  return text;
}

function isEscape(text: string): boolean {
  try {
    return (JSON.parse(`"${text}"`) as string).length === 1;
  } catch {
    return false;
  }
}
