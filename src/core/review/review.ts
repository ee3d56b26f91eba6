import { isObject, type JsonValue } from '../json.js';
import { keyOf, type ReviewedObject } from './reviewedObject.js';

/** What a reviewer says of an object's label, all of its shapes and classes together. */
type Verdict =
  /** It stays as it is. */
  | { readonly kind: 'accepted' }
  /** The object is of another class: only of labels that are a single class. */
  | { readonly kind: 'changed'; readonly className: string };

/** What a reviewer decides of one object. */
export interface Decision {
  /** Absent where nothing was said of the label. */
  readonly verdict?: Verdict;
  readonly isFlagged: boolean;
  readonly comment: string;
}

/** A line and what is decided of its label; `undefined` where nothing is any more. */
export interface Decided {
  /** From 0; `undefined` where the manifest does not have the object any more, or its label says something else. */
  readonly line: number | undefined;
  readonly decision: Decision | undefined;
}

/** A decision whose object is in the manifest. */
export interface Placed {
  readonly line: number;
  readonly object: ReviewedObject;
  readonly decision: Decision;
}

interface Known {
  readonly object: ReviewedObject;
  line: number | undefined;
}

interface Step {
  readonly key: string;
  readonly before: Decision | undefined;
  readonly after: Decision | undefined;
}

/**
 * The review of one label attribute of one manifest: each decision can be taken back, and made again. Decisions are of
 * objects, whose lines are told anew by `place` whenever the manifest has changed.
 */
export class Review {
  /** All objects that something was decided of, also those of which nothing is any more: it may be made again. */
  readonly #known = new Map<string, Known>();
  /** The last one that was made comes last. */
  readonly #decisions = new Map<string, Decision>();
  readonly #done: Step[] = [];
  readonly #undone: Step[] = [];
  #attribute: string | undefined;

  /** `undefined` until something is decided. */
  get attribute(): string | undefined {
    return this.#attribute;
  }

  /** All decisions, also those whose objects are not in the manifest any more. */
  get size(): number {
    return this.#decisions.size;
  }

  /** How many decisions are of no object that is in the manifest. */
  get lost(): number {
    return this.size - this.placed.length;
  }

  get decided(): readonly Decided[] {
    return this.placed.map(({ line, decision }) => ({ line, decision }));
  }

  get placed(): readonly Placed[] {
    return Array.from(this.#decisions).flatMap(([key, decision]) => {
      const { line, object } = this.#known.get(key) ?? {};
      return line === undefined || !object ? [] : [{ line, object, decision }];
    });
  }

  get objects(): readonly ReviewedObject[] {
    return Array.from(this.#known.values(), ({ object }) => object);
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  decisionOf(object: ReviewedObject): Decision | undefined {
    return this.#decisions.get(keyOf(object));
  }

  /** A review is of one attribute: the first decision says of which. Throws where it is another one. */
  decide(attribute: string, line: number, { decision, object }: { decision: Decision; object: ReviewedObject }): void {
    if (this.#attribute !== undefined && this.#attribute !== attribute) {
      throw new RangeError(`This review is of "${this.#attribute}", not of "${attribute}".`);
    }
    this.#attribute = attribute;
    const key = keyOf(object);
    this.#known.set(key, { object, line });
    const after = isEmpty(decision) ? undefined : decision;
    this.#undone.length = 0;
    this.#done.push({ key, before: this.#decisions.get(key), after });
    this.#set(key, after);
  }

  /** Takes the last decision back; `undefined` where there is none. */
  undo(): Decided | undefined {
    const step = this.#done.pop();
    if (!step) {
      return undefined;
    }
    this.#undone.push(step);
    this.#set(step.key, step.before);
    return { line: this.#known.get(step.key)?.line, decision: step.before };
  }

  redo(): Decided | undefined {
    const step = this.#undone.pop();
    if (!step) {
      return undefined;
    }
    this.#done.push(step);
    this.#set(step.key, step.after);
    return { line: this.#known.get(step.key)?.line, decision: step.after };
  }

  /** Tells the lines of all objects anew. Returns whether any is another one. */
  place(lineOf: (object: ReviewedObject) => number | undefined): boolean {
    let isChanged = false;
    for (const known of this.#known.values()) {
      const line = lineOf(known.object);
      isChanged ||= line !== known.line;
      known.line = line;
    }
    return isChanged;
  }

  /** Forgets all decisions. */
  clear(): void {
    this.#known.clear();
    this.#decisions.clear();
    this.#done.length = 0;
    this.#undone.length = 0;
    this.#attribute = undefined;
  }

  /** All of it but the steps in between, to be kept until the manifest is opened again. */
  kept(): JsonValue {
    const entries = Array.from(this.#decisions).flatMap(([key, decision]) => {
      const { line = null, object } = this.#known.get(key) ?? {};
      return object ? [{ line, ...object, ...decision }] : [];
    });
    return { attribute: this.#attribute ?? null, entries };
  }

  /** What was kept, each decision of which can be taken back, the last one first; of something else, nothing. */
  static of(kept: JsonValue | undefined): Review {
    const review = new Review();
    const { attribute, entries } = isObject(kept) ? (kept as Partial<Record<string, JsonValue>>) : {};
    if (typeof attribute === 'string' && Array.isArray(entries)) {
      review.#attribute = attribute;
      (entries as readonly JsonValue[]).filter(isObject).forEach((entry) => review.#takeKept(entry));
    }
    return review;
  }

  #takeKept(entry: Partial<Record<string, JsonValue>>): void {
    const { line, source, occurrence, said, isFlagged, comment } = entry;
    const verdict = verdictIn(entry['verdict']);
    if (typeof source !== 'string') {
      return;
    }
    const object: ReviewedObject = {
      source,
      occurrence: typeof occurrence === 'number' ? occurrence : 0,
      said: typeof said === 'string' ? said : '',
    };
    const decision: Decision = {
      ...(verdict && { verdict }),
      isFlagged: isFlagged === true,
      comment: typeof comment === 'string' ? comment : '',
    };
    const key = keyOf(object);
    this.#known.set(key, { object, line: typeof line === 'number' ? line : undefined });
    this.#decisions.set(key, decision);
    this.#done.push({ key, before: undefined, after: decision });
  }

  #set(key: string, decision: Decision | undefined): void {
    this.#decisions.delete(key);
    if (decision) {
      this.#decisions.set(key, decision);
    }
    if (this.#decisions.size === 0 && this.#done.length === 0) {
      this.#attribute = undefined;
    }
  }
}

function isEmpty({ verdict, isFlagged, comment }: Decision): boolean {
  return !verdict && !isFlagged && comment === '';
}

function verdictIn(kept: JsonValue | undefined): Verdict | undefined {
  const { kind, className } = isObject(kept) ? (kept as Partial<Record<string, JsonValue>>) : {};
  if (kind === 'changed') {
    return typeof className === 'string' ? { kind, className } : undefined;
  }
  return kind === 'accepted' ? { kind } : undefined;
}
