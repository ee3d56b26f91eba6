import { Failure } from '../../failure.js';
import type { ByteSource } from '../byteSource.js';
import { givenLine } from '../manifestObjects.js';
import { type ManifestRun, RunReader } from '../manifestRuns.js';
import { decodeLine, type RawLine, readRawLines } from '../rawLines.js';
import type { LintContext } from './lintContext.js';
import type { LintKind } from './lintReport.js';
import { RunFixer } from './runFixer.js';

export interface FixOptions {
  readonly context: LintContext;
  /** Only what is of these kinds; all that there is a fix for where it is not given. */
  readonly kinds?: ReadonlySet<LintKind>;
  /** For failures. */
  readonly location: string;
}

export interface FixOutcome {
  readonly fixes: number;
}

/** The manifest with all made right that there is a fix for; each line that no fix touches is there byte by byte. */
export async function* fixedManifest(
  source: ByteSource,
  { context, kinds, location }: FixOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, FixOutcome> {
  const fixer = new RunFixer(context, kinds);
  const reader = new RunReader();
  const waiting: RawLine[] = [];
  const ends = new LineEnds(kinds);
  let out: Uint8Array[] = [];
  let bytes = 0;
  const write = (run: ManifestRun) => {
    const lines = waiting.splice(0, run.lines);
    const fixed = fixer.fix(run);
    const parts = fixed ? [ends.encoded(fixed, lines)] : lines.map((line) => ends.kept(line));
    out.push(...parts);
    bytes += parts.reduce((sum, { length }) => sum + length, 0);
  };
  for await (const raw of readRawLines(source, signal)) {
    if (raw.isTooLong) {
      throw new Failure('manifest.lineTooLong', { location, line: raw.line });
    }
    waiting.push(raw);
    reader.add(givenLine(raw)).forEach((run) => write(run));
    if (bytes >= partBytes) {
      yield joined(out, bytes);
      out = [];
      bytes = 0;
    }
  }
  reader.end().forEach((run) => write(run));
  yield joined(out, bytes);
  return { fixes: fixer.fixes + ends.fixes };
}

const partBytes = 1024 * 1024;

/** What stands around the text of lines. A mark at the start and carriage returns count as one each. */
class LineEnds {
  readonly #dropsMark: boolean;
  readonly #dropsReturns: boolean;
  readonly #encoder = new TextEncoder();
  #droppedMark = false;
  #droppedReturns = false;

  constructor(kinds: ReadonlySet<LintKind> | undefined) {
    this.#dropsMark = kinds?.has('byteOrderMark') ?? true;
    this.#dropsReturns = kinds?.has('carriageReturns') ?? true;
  }

  get fixes(): number {
    return Number(this.#droppedMark) + Number(this.#droppedReturns);
  }

  /** The line as it is, but for what is dropped around it. */
  kept(raw: RawLine): Uint8Array {
    const { hasByteOrderMark, lineBreak } = decodeLine(raw);
    const start = this.#dropsMark && hasByteOrderMark ? markBytes : 0;
    this.#droppedMark ||= start > 0;
    if (!this.#dropsReturns || lineBreak !== '\r\n') {
      return raw.bytes.subarray(start);
    }
    this.#droppedReturns = true;
    const line = raw.bytes.slice(start, -1);
    line[line.length - 1] = newline;
    return line;
  }

  /** Other texts in the place of lines: they end as the last of these did. */
  encoded(texts: readonly string[], lines: readonly RawLine[]): Uint8Array {
    const [first] = lines;
    const last = lines.at(-1);
    const hasMark = first !== undefined && decodeLine(first).hasByteOrderMark;
    this.#droppedMark ||= hasMark && this.#dropsMark;
    const end = last ? decodeLine(last).lineBreak : '\n';
    this.#droppedReturns ||= this.#dropsReturns && end === '\r\n';
    const between = first && decodeLine(first).lineBreak === '\r\n' && !this.#dropsReturns ? '\r\n' : '\n';
    const lastEnd = end === '\r\n' && this.#dropsReturns ? '\n' : end;
    const text = texts.length === 0 ? '' : texts.join(between) + lastEnd;
    return this.#encoder.encode((hasMark && !this.#dropsMark ? '\uFEFF' : '') + text);
  }
}

const markBytes = 3;
const newline = 0x0a;

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
