import { textHash } from '../../textHash.js';
import { decodeLine, type RawLine } from '../rawLines.js';
import type { LintContext } from './lintContext.js';
import { deletingLine, finding, type LintedLine, rangeOf, rangeOfValue } from './lintedLine.js';
import type { LintFinding } from './lintFinding.js';
import { SeenSources } from './seenSources.js';
import { referenceOf } from './sourceRules.js';

/** Rules about the manifest as a whole. What they remember of a line is a hash of its source, and one of its text. */
export class ManifestRules {
  readonly #context: LintContext;
  readonly #mostObjects: number;
  readonly #sources = new SeenSources();
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

  /** `read` gives the object itself, for what is told of it. */
  objectFindings(facts: ObjectFacts, read: () => LintedLine): readonly LintFinding[] {
    this.#objects += 1;
    return [
      ...(this.#objects === this.#mostObjects + 1
        ? [finding({ kind: 'tooManyObjects', most: this.#mostObjects }, rangeOf(read()))]
        : []),
      ...this.#duplicates(facts, read),
      ...this.#regions(facts, read),
    ];
  }

  #duplicates({ line, source, textHash: own, lines }: ObjectFacts, read: () => LintedLine): readonly LintFinding[] {
    const first = source === undefined ? undefined : this.#sources.add(source, { line, textHash: own });
    if (!first) {
      return [];
    }
    const at = read();
    // Where the lines differ, only a person knows which of them is to stay.
    const fix = first.textHash === own && lines === 1 ? deletingLine(at) : undefined;
    return [finding({ kind: 'duplicateSource', firstLine: first.line }, rangeOfValue(at, sourceName(at)), fix)];
  }

  #regions({ bucket }: ObjectFacts, read: () => LintedLine): readonly LintFinding[] {
    const { region: wanted, regionOf } = this.#context;
    if (bucket === undefined || wanted === undefined || !regionOf || this.#buckets.has(bucket)) {
      return [];
    }
    this.#buckets.add(bucket);
    const region = regionOf(bucket);
    const range = rangeOfValue(read(), 'source-ref');
    if (region === undefined) {
      return [finding({ kind: 'unknownRegion', bucket }, range)];
    }
    return region === wanted ? [] : [finding({ kind: 'otherRegion', bucket, region, wanted }, range)];
  }
}

/** What the rules about a manifest as a whole must know of an object. */
export interface ObjectFacts {
  readonly line: number;
  readonly lines: number;
  /** Of what the object is: the same for objects that are the same. */
  readonly source: number | undefined;
  readonly textHash: number;
  /** Only where its region is asked for. */
  readonly bucket: string | undefined;
}

export function objectFacts(read: LintedLine, { region }: LintContext): ObjectFacts {
  const name = sourceName(read);
  const value = read.value[name];
  return {
    line: read.line,
    lines: read.text.includes('\n') ? read.text.split('\n').length : 1,
    source: typeof value === 'string' ? textHash(`${name} ${value}`) : undefined,
    textHash: textHash(read.text),
    bucket: region === undefined ? undefined : referenceOf(read)?.bucket,
  };
}

function sourceName({ value }: LintedLine): 'source-ref' | 'source' {
  return typeof value['source-ref'] === 'string' ? 'source-ref' : 'source';
}

/** Reference §1.7. */
const most = { objects: 100_000, masks: 20_000 };
const carriageReturn = 0x0d;
