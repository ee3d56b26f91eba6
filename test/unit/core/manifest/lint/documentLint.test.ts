import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { DocumentLint } from '../../../../../src/core/manifest/lint/documentLint.js';
import type { LintFinding, TextEdit } from '../../../../../src/core/manifest/lint/lintFinding.js';
import { randomText } from '../../../../support/brokenManifests.js';
import { lint } from '../../../../support/linted.js';

const format = { hasByteOrderMark: false, hasCarriageReturns: false, isUtf8: true };

describe('DocumentLint', () => {
  it('finds after any edits what a look at the whole text finds', async () => {
    const edit = fc.record({ from: fc.nat(), length: fc.nat(120), text: fc.oneof(randomText, fc.constant('')) });
    await fc.assert(
      fc.asyncProperty(
        randomText,
        fc.array(edit, { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (...given) => {
          const [start, edits, linesAtOnce] = given;
          let text = start;
          const document = open(text);
          for (const { from, length, text: by } of edits) {
            const begin = from % (text.length + 1);
            const end = Math.min(text.length, begin + length);
            document.change([editOf(text, begin, end, by)]);
            text = text.slice(0, begin) + by + text.slice(end);
            document.readMore(linesAtOnce); // Whoever types does not wait for all of it.
          }
          assert.deepEqual(document.lines.slice(0, document.lines.count).join('\n'), text);
          assert.deepEqual(read(document, linesAtOnce), inOrder(await lint(text)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads half of a character as what it is saved as', async () => {
    const text = '{"source-ref":"s3://pic\uDE00.jpg"}\n{"source":"\uD83D"}';
    assert.deepEqual(read(open(text), 9), inOrder(await lint(text)));
  });

  it('reads only the lines around an edit again', () => {
    const document = open(Array.from({ length: 100 }, (_, index) => `{"source":"${index}"}`).join('\n'));
    while (!document.readMore(10));
    document.change([{ range: { startLine: 50, startColumn: 0, endLine: 50, endColumn: 1 }, text: '' }]);
    assert.equal(document.readMore(2), true);
    assert.deepEqual(
      document.report(format, 10).findings.map(({ problem, range }) => [problem.kind, range.startLine]),
      [['notJson', 50]],
    );
  });

  it('counts all, and keeps the worst', () => {
    const document = open('\n'.repeat(5) + 'x\n'.repeat(5));
    while (!document.readMore(10));
    const { findings, counts, lines } = document.report(format, 7);
    assert.deepEqual(
      findings.map(({ problem, range }) => `${range.startLine} ${problem.kind}`),
      ['0 blank', '1 blank', ...[5, 6, 7, 8, 9].map((line) => `${line} notJson`)],
    );
    assert.deepEqual(
      [counts, lines],
      [
        [
          { kind: 'blank', count: 5, fixable: 5 },
          { kind: 'notJson', count: 5, fixable: 0 },
        ],
        11,
      ],
    );
  });

  it('tells what the text does not show of the file', () => {
    const document = open('{"source":"a"}');
    while (!document.readMore(10));
    const told = document.report({ hasByteOrderMark: true, hasCarriageReturns: true, isUtf8: false }, 10).findings;
    assert.deepEqual(told.map(({ problem }) => problem.kind).toSorted(), [
      'byteOrderMark',
      'carriageReturns',
      'notUtf8',
    ]);
  });
});

function open(text: string): DocumentLint {
  const document = new DocumentLint({});
  document.append(text.split('\n'));
  return document;
}

function read(document: DocumentLint, linesAtOnce: number): readonly LintFinding[] {
  while (!document.readMore(linesAtOnce));
  return inOrder(document.report(format, 1_000_000).findings);
}

function inOrder(findings: readonly LintFinding[]): readonly LintFinding[] {
  return findings.map(withWholeCharacters).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf(finding: LintFinding): string {
  return JSON.stringify([finding.range.startLine, finding]);
}

/** In a file, unlike in an editor, there is no half of a character. */
function withWholeCharacters(finding: LintFinding): LintFinding {
  const { problem } = finding;
  return problem.kind === 'notJson'
    ? { ...finding, problem: { ...problem, message: problem.message.replaceAll(/\p{Cs}/gu, '\uFFFD') } }
    : finding;
}

function editOf(text: string, begin: number, end: number, by: string): TextEdit {
  const [start, last] = [place(text, begin), place(text, end)];
  const range = { startLine: start.line, startColumn: start.column, endLine: last.line, endColumn: last.column };
  return { range, text: by };
}

function place(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, column: (before.at(-1) ?? '').length };
}
