import type { WorkerAnswer } from '../../manifest/workerResponses.js';
import type { JobAnswers } from './answerTable.js';

/** What one worker chose for one object. */
interface Choice {
  readonly worker: number;
  readonly label: number;
  readonly seconds: number | undefined;
  readonly submittedAt: string;
}

/** The answers of a single-label job in numbers, with the names and times that belong to the numbers. */
export interface CollectedJob {
  readonly answers: JobAnswers;
  /** By worker of `answers`; sorted, so that a worker has the same number however the files came. */
  readonly workerIds: readonly string[];
  /** By class of `answers`; sorted. */
  readonly classNames: readonly string[];
  /** By answer: the seconds that it took; NaN where nothing is said of them. */
  readonly seconds: Float64Array;
}

/**
 * Gathers what the worker-response files of a job say, in whatever order they are read. A worker who answered about the
 * same object again, in a later iteration, counts once, with the last answer.
 */
export class CollectedAnswers {
  readonly #workers = new Map<string, number>();
  readonly #labels = new Map<string, number>();
  readonly #choices = new Map<number, Choice[]>();
  #others = 0;

  /** How many answers choose no single label, and are left out. */
  get others(): number {
    return this.#others;
  }

  get isEmpty(): boolean {
    return this.#choices.size === 0;
  }

  /** `object` is the number of its line in the manifest, from 0. */
  add(object: number, answers: readonly WorkerAnswer[]): void {
    for (const { workerId, label, timeSpentInSeconds, submittedAt = '' } of answers) {
      if (label === undefined) {
        this.#others += 1;
        continue;
      }
      this.#choose(object, {
        worker: numberOf(this.#workers, workerId),
        label: numberOf(this.#labels, label),
        seconds: timeSpentInSeconds,
        submittedAt,
      });
    }
  }

  /** `objectCount` is how many lines the manifest has; answers about lines after its end are left out. */
  job(objectCount: number): CollectedJob {
    const workers = sorted(this.#workers);
    const labels = sorted(this.#labels);
    const all = [...this.#choices]
      .filter(([object]) => object < objectCount)
      .toSorted(([one], [other]) => one - other)
      .flatMap(([object, choices]) => choices.map((choice) => ({ object, ...choice })));
    return {
      answers: {
        objects: Int32Array.from(all, ({ object }) => object),
        workers: Int32Array.from(all, ({ worker }) => workers.placeOf[worker] ?? 0),
        labels: Int32Array.from(all, ({ label }) => labels.placeOf[label] ?? 0),
        objectCount,
        workerCount: workers.names.length,
        classCount: labels.names.length,
      },
      workerIds: workers.names,
      classNames: labels.names,
      seconds: Float64Array.from(all, ({ seconds = Number.NaN }) => seconds),
    };
  }

  #choose(object: number, choice: Choice): void {
    const choices = this.#choices.get(object);
    if (!choices) {
      this.#choices.set(object, [choice]);
      return;
    }
    const before = choices.findIndex(({ worker }) => worker === choice.worker);
    if (before === -1) {
      choices.push(choice);
    } else if ((choices[before]?.submittedAt ?? '') <= choice.submittedAt) {
      choices[before] = choice;
    }
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) {
    return known;
  }
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}

/** The names in order, and for each number that a name was given at first its place in that order. */
function sorted(numbers: ReadonlyMap<string, number>): { names: readonly string[]; placeOf: Int32Array } {
  const entries = [...numbers].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const placeOf = new Int32Array(entries.length);
  entries.forEach(([, number], place) => {
    placeOf[number] = place;
  });
  return { names: entries.map(([name]) => name), placeOf };
}
