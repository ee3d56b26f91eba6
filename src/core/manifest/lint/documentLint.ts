import { type ManifestRun, RunReader } from '../manifestRuns.js';
import { parseObject } from '../parseLine.js';
import { DocumentLines, replaced } from './documentLines.js';
import { objectMembers } from './jsonMembers.js';
import type { LintContext } from './lintContext.js';
import { finding, type LintedLine, movedBy, rangeOf } from './lintedLine.js';
import type { LintFinding, TextEdit } from './lintFinding.js';
import { lintObject } from './lintObject.js';
import { LintTally, type LintReport } from './lintReport.js';
import { ManifestRules, type ObjectFacts, objectFacts } from './manifestRules.js';

const halfCharacter = /\p{Surrogate}/gu;

/** What the text of an editor does not say of the file. */
export interface DocumentFormat {
  readonly hasByteOrderMark: boolean;
  readonly hasCarriageReturns: boolean;
  readonly isUtf8: boolean;
}

/** Some lines of the text and what is wrong with them; lines count from the first of these. */
interface LintedRun {
  readonly lines: number;
  /** `undefined`: they are still to be read. */
  readonly read: { readonly findings: readonly LintFinding[]; readonly facts: readonly ObjectFacts[] } | undefined;
}

/** The lint of a text that is being edited. Only the lines around an edit are read again. */
export class DocumentLint {
  readonly #context: LintContext;
  readonly #lines = new DocumentLines();
  /** Invariant: together they have all lines, each begins where a reader is between two runs. */
  #runs: LintedRun[] = [];

  constructor(context: LintContext) {
    this.#context = context;
  }

  get lines(): DocumentLines {
    return this.#lines;
  }

  append(texts: readonly string[]): void {
    this.#lines.append(texts);
    this.#runs.push({ lines: texts.length, read: undefined });
  }

  /** Takes edits one after the other: each counts lines as the ones before it have left them. */
  change(edits: readonly TextEdit[]): void {
    for (const edit of edits) {
      const { startLine, endLine } = edit.range;
      // What a run is may depend on the line after it.
      const first = this.#runAt(Math.max(0, startLine - 1));
      const last = this.#runAt(endLine);
      const touched = this.#runs.slice(first.index, last.index + 1).reduce((sum, { lines }) => sum + lines, 0);
      const lines = touched - (endLine - startLine + 1) + this.#lines.edit(edit);
      this.#runs.splice(first.index, last.index - first.index + 1, { lines, read: undefined });
    }
  }

  /** Reads about so many of the lines that are still to be read; says whether all are read then. */
  readMore(mostLines: number): boolean {
    const index = this.#runs.findIndex(({ read }) => !read);
    if (index === -1) {
      return true;
    }
    const reader = new RunReader();
    const found: LintedRun[] = [];
    const start = this.#runs.slice(0, index).reduce((sum, { lines }) => sum + lines, 0);
    let line = start;
    let at = index;
    let left = this.#runs[at]?.lines ?? 0;
    for (; line < this.#lines.count;) {
      found.push(...this.#read(reader, line));
      line += 1;
      left -= 1;
      while (left === 0 && at < this.#runs.length) {
        at += 1;
        left = this.#runs[at]?.lines ?? 0;
      }
      const run = this.#runs[at];
      const isKnown = run?.read !== undefined && left === run.lines;
      const isEnough = run?.read === undefined && line - start >= mostLines;
      if (reader.isBetweenRuns && (isKnown || isEnough)) {
        break;
      }
    }
    const isWithin = at < this.#runs.length && left < (this.#runs[at]?.lines ?? 0);
    const rest: readonly LintedRun[] = isWithin ? [{ lines: left, read: undefined }] : [];
    const by = [...found, ...rest];
    this.#runs = replaced(this.#runs, { start: index, count: at - index + (isWithin ? 1 : 0), by });
    return this.#runs.every(({ read }) => read !== undefined);
  }

  /** Of the lines that are read. */
  report(format: DocumentFormat, most: number): LintReport {
    const tally = new LintTally(most);
    formatFindings(format, this.#lines.at(0)).forEach((found) => tally.add(found));
    const rules = new ManifestRules(this.#context);
    let start = 0;
    for (const { lines, read } of this.#runs) {
      for (const found of read?.findings ?? []) {
        tally.add(movedBy(found, start));
      }
      for (const facts of read?.facts ?? []) {
        const line = start + facts.line;
        for (const found of rules.objectFindings({ ...facts, line }, () => this.#objectAt(line, facts.lines))) {
          tally.add(found);
        }
      }
      start += lines;
    }
    return tally.report(this.#lines.count);
  }

  #read(reader: RunReader, line: number): readonly LintedRun[] {
    const shown = this.#lines.at(line);
    const text = shown.replaceAll(halfCharacter, '\uFFFD'); // That is what it is saved as.
    const isLast = line === this.#lines.count - 1;
    if (isLast && text === '') {
      // No line of the manifest: it only stands after the last line's end.
      return [...reader.end().map((run) => this.#linted(run)), { lines: 1, read: { findings: [], facts: [] } }];
    }
    // An editor shows what it could not decode as this character.
    const given = shown.includes('\uFFFD') ? ({ line, text, unreadable: 'notUtf8' } as const) : { line, text };
    return [...reader.add(given), ...(isLast ? reader.end() : [])].map((run) => this.#linted(run));
  }

  #linted({ line: start, lines, objects }: ManifestRun): LintedRun {
    const findings: LintFinding[] = [];
    const facts: ObjectFacts[] = [];
    for (const object of objects) {
      const { findings: own, read } = lintObject(object, this.#context);
      findings.push(...own.map((found) => movedBy(found, -start)));
      if (read) {
        facts.push({ ...objectFacts(read, this.#context), line: read.line - start });
      }
    }
    return { lines, read: { findings, facts } };
  }

  #runAt(line: number): { readonly index: number } {
    let start = 0;
    for (const [index, { lines }] of this.#runs.entries()) {
      start += lines;
      if (line < start) {
        return { index };
      }
    }
    return { index: Math.max(0, this.#runs.length - 1) };
  }

  #objectAt(line: number, lines: number): LintedLine {
    const text = this.#lines.slice(line, line + lines).join('\n');
    const value = parseObject(text) ?? {};
    return { line, text, value, members: objectMembers(text) };
  }
}

function formatFindings(format: DocumentFormat, firstLine: string): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  const start = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
  if (!format.isUtf8) {
    findings.push(finding({ kind: 'notUtf8' }, start));
  }
  if (format.hasByteOrderMark) {
    findings.push(finding({ kind: 'byteOrderMark' }, start, { kind: 'removeByteOrderMark' }));
  }
  if (format.hasCarriageReturns) {
    const end = { start: firstLine.length, end: firstLine.length };
    const range = rangeOf({ line: 0, text: firstLine }, end);
    findings.push(finding({ kind: 'carriageReturns' }, range, { kind: 'useLineFeeds' }));
  }
  return findings;
}
