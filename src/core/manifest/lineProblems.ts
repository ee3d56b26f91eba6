/** What is wrong with a line, as Ground Truth would see it. Lines count from 0, as in worker-response paths. */
export interface LineProblem {
  readonly line: number;
  readonly reason: ProblemReason;
}

export type ProblemReason =
  /** Nothing of the line could be read. */
  | { readonly kind: 'notJson'; readonly message: string }
  | { readonly kind: 'notAnObject' }
  | { readonly kind: 'tooLongToRead'; readonly mostBytes: number }
  /** It could be read all the same. */
  | { readonly kind: 'noSource' }
  | { readonly kind: 'longerThanAllowed'; readonly characters: number }
  | { readonly kind: 'severalLines'; readonly lastLine: number }
  | { readonly kind: 'trailingComma' };

export function isBroken({ kind }: ProblemReason): boolean {
  return kind === 'notJson' || kind === 'notAnObject' || kind === 'tooLongToRead';
}

/** The first problems, and how many there are: a file that is no manifest has one a line. */
export class LineProblems {
  readonly #kept: LineProblem[] = [];
  #count = 0;
  #broken = 0;

  get count(): number {
    return this.#count;
  }

  /** How many of them are of lines that could not be read. */
  get broken(): number {
    return this.#broken;
  }

  get kept(): readonly LineProblem[] {
    return this.#kept;
  }

  add(line: number, reason: ProblemReason): void {
    this.#count++;
    this.#broken += isBroken(reason) ? 1 : 0;
    if (this.#kept.length < mostKept) {
      this.#kept.push({ line, reason });
    }
  }

  part(): ProblemsPart {
    return { kept: this.#kept, count: this.#count, broken: this.#broken };
  }

  mark(): ProblemsMark {
    return { kept: this.#kept.length, count: this.#count, broken: this.#broken };
  }

  /** Forgets all that was added since `mark`. */
  rewind({ kept, count, broken }: ProblemsMark): void {
    this.#kept.length = kept;
    this.#count = count;
    this.#broken = broken;
  }

  /** Adds the problems of lines that come after the first `lines`. */
  append({ kept, count, broken }: ProblemsPart, lines: number): void {
    this.#count += count;
    this.#broken += broken;
    for (const { line, reason } of kept.slice(0, mostKept - this.#kept.length)) {
      this.#kept.push({ line: lines + line, reason: moved(reason, lines) });
    }
  }
}

function moved(reason: ProblemReason, lines: number): ProblemReason {
  return reason.kind === 'severalLines' ? { ...reason, lastLine: reason.lastLine + lines } : reason;
}

/** The problems of some lines, as data. */
export interface ProblemsPart {
  readonly kept: readonly LineProblem[];
  readonly count: number;
  readonly broken: number;
}

/** How many problems there are, to forget what is added later. */
export interface ProblemsMark {
  readonly kept: number;
  readonly count: number;
  readonly broken: number;
}

const mostKept = 10_000;
