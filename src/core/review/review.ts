import { isObject, type JsonValue } from '../json.js';

/** What a reviewer says of one label. */
export interface Decision {
  /** The class that the object is of: the label's own where it was accepted. Absent where nothing was said of it. */
  readonly className?: string;
  readonly isFlagged: boolean;
  readonly comment: string;
}

/** A line and what is decided of its label; `undefined` where nothing is any more. */
export interface Decided {
  /** From 0. */
  readonly line: number;
  readonly decision: Decision | undefined;
}

interface Entry {
  readonly decision: Decision;
  /** Of the line when it was decided: where another object stands there now, the decision is not its. */
  readonly source: string;
}

interface Step {
  readonly line: number;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

/** The review of one label attribute of one manifest: each decision can be taken back, and made again. */
export class Review {
  readonly #entries = new Map<number, Entry>();
  readonly #done: Step[] = [];
  readonly #undone: Step[] = [];
  #attribute: string | undefined;

  /** `undefined` until something is decided. */
  get attribute(): string | undefined {
    return this.#attribute;
  }

  get size(): number {
    return this.#entries.size;
  }

  get decided(): readonly Decided[] {
    return Array.from(this.#entries, ([line, { decision }]) => ({ line, decision }));
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  decisionAt(line: number, source: string): Decision | undefined {
    const entry = this.#entries.get(line);
    return entry?.source === source ? entry.decision : undefined;
  }

  /** A review is of one attribute: the first decision says of which. Throws where it is another one. */
  decide(attribute: string, line: number, { decision, source }: { decision: Decision; source: string }): void {
    if (this.#attribute !== undefined && this.#attribute !== attribute) {
      throw new RangeError(`This review is of "${this.#attribute}", not of "${attribute}".`);
    }
    this.#attribute = attribute;
    const before = this.#entries.get(line);
    const after = isEmpty(decision) ? undefined : { decision, source };
    this.#undone.length = 0;
    this.#done.push({ line, before, after });
    this.#set(line, after);
  }

  /** Takes the last decision back; `undefined` where there is none. */
  undo(): Decided | undefined {
    const step = this.#done.pop();
    if (!step) {
      return undefined;
    }
    this.#undone.push(step);
    this.#set(step.line, step.before);
    return { line: step.line, decision: step.before?.decision };
  }

  redo(): Decided | undefined {
    const step = this.#undone.pop();
    if (!step) {
      return undefined;
    }
    this.#done.push(step);
    this.#set(step.line, step.after);
    return { line: step.line, decision: step.after?.decision };
  }

  /** Forgets all decisions. */
  clear(): void {
    this.#entries.clear();
    this.#done.length = 0;
    this.#undone.length = 0;
    this.#attribute = undefined;
  }

  /** All of it but the way back, to be kept until the manifest is opened again. */
  kept(): JsonValue {
    const entries = Array.from(this.#entries, ([line, { source, decision }]) => ({ line, source, ...decision }));
    return { attribute: this.#attribute ?? null, entries };
  }

  /** What was kept; of something else, nothing. */
  static of(kept: JsonValue | undefined): Review {
    const review = new Review();
    const { attribute, entries } = isObject(kept) ? (kept as Partial<Record<string, JsonValue>>) : {};
    if (typeof attribute === 'string' && Array.isArray(entries)) {
      review.#attribute = attribute;
      for (const entry of (entries as readonly JsonValue[]).filter(isObject)) {
        const { line, source, className, isFlagged, comment } = entry as Partial<Record<string, JsonValue>>;
        if (typeof line === 'number' && typeof source === 'string') {
          const decision: Decision = {
            ...(typeof className === 'string' && { className }),
            isFlagged: isFlagged === true,
            comment: typeof comment === 'string' ? comment : '',
          };
          review.#entries.set(line, { source, decision });
        }
      }
    }
    return review;
  }

  #set(line: number, entry: Entry | undefined): void {
    if (entry) {
      this.#entries.set(line, entry);
    } else {
      this.#entries.delete(line);
    }
    if (this.#entries.size === 0 && this.#done.length === 0) {
      this.#attribute = undefined;
    }
  }
}

function isEmpty({ className, isFlagged, comment }: Decision): boolean {
  return className === undefined && !isFlagged && comment === '';
}
