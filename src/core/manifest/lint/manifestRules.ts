import { textHash } from '../../textHash.js';
import { decodeLine, type RawLine } from '../rawLines.js';
import type { LintContext } from './lintContext.js';
import { deletingLine, finding, type LintedLine, rangeOf, rangeOfValue } from './lintedLine.js';
import type { LintFinding } from './lintFinding.js';
import { referenceOf } from './sourceRules.js';

/** Rules about the manifest as a whole. What they remember of a line is a hash of its source, and one of its text. */
export class ManifestRules {
  readonly #context: LintContext;
  readonly #mostObjects: number;
  readonly #sources = new Map<number, { readonly line: number; readonly textHash: number }>();
  readonly #buckets = new Set<string>();
  #objects = 0;
  #hasCarriageReturns = false;

  constructor(context: LintContext) {
    this.#context = context;
    this.#mostObjects = /^(?:Adjustment)?SemanticSegmentation$/u.test(context.taskType ?? '')
      ? most.masks
      : most.objects;
  }

  lineEndFindings(raw: RawLine): readonly LintFinding[] {
    const findings: LintFinding[] = [];
    const isFirst = raw.line === 0;
    if (!isFirst && (this.#hasCarriageReturns || raw.bytes.at(-2) !== carriageReturn)) {
      return findings; // So it is of nearly all lines.
    }
    const { hasByteOrderMark, lineBreak, text } = decodeLine(raw);
    if (hasByteOrderMark) {
      const range = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
      findings.push(finding({ kind: 'byteOrderMark' }, range, { kind: 'removeByteOrderMark' }));
    }
    if (lineBreak === '\r\n') {
      this.#hasCarriageReturns = true;
      const end = { start: text.length, end: text.length };
      findings.push(
        finding({ kind: 'carriageReturns' }, rangeOf({ line: raw.line, text }, end), { kind: 'useLineFeeds' }),
      );
    }
    return findings;
  }

  objectFindings(line: LintedLine): readonly LintFinding[] {
    this.#objects += 1;
    return [
      ...(this.#objects === this.#mostObjects + 1
        ? [finding({ kind: 'tooManyObjects', most: this.#mostObjects }, rangeOf(line))]
        : []),
      ...this.#duplicates(line),
      ...this.#regions(line),
    ];
  }

  #duplicates(line: LintedLine): readonly LintFinding[] {
    const { 'source-ref': reference, source } = line.value;
    const name = typeof reference === 'string' ? 'source-ref' : 'source';
    const value = name === 'source-ref' ? reference : source;
    if (typeof value !== 'string') {
      return [];
    }
    const key = textHash(`${name} ${value}`);
    const own = { line: line.line, textHash: textHash(line.text) };
    const first = this.#sources.get(key);
    if (!first) {
      this.#sources.set(key, own);
      return [];
    }
    // Where the lines differ, only a person knows which of them is to stay.
    const fix = first.textHash === own.textHash && !line.text.includes('\n') ? deletingLine(line) : undefined;
    return [finding({ kind: 'duplicateSource', firstLine: first.line }, rangeOfValue(line, name), fix)];
  }

  #regions(line: LintedLine): readonly LintFinding[] {
    const { region: wanted, regionOf } = this.#context;
    const { bucket } = referenceOf(line) ?? {};
    if (bucket === undefined || wanted === undefined || !regionOf || this.#buckets.has(bucket)) {
      return [];
    }
    this.#buckets.add(bucket);
    const region = regionOf(bucket);
    const range = rangeOfValue(line, 'source-ref');
    if (region === undefined) {
      return [finding({ kind: 'unknownRegion', bucket }, range)];
    }
    return region === wanted ? [] : [finding({ kind: 'otherRegion', bucket, region, wanted }, range)];
  }
}

/** Reference §1.7. */
const most = { objects: 100_000, masks: 20_000 };
const carriageReturn = 0x0d;
