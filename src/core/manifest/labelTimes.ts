import type { AttributeColumns } from './attributeColumns.js';
import { labelState } from './labelCodes.js';

/** How many labels were made when, in steps of equal meaning: hours, days, months. Times are UTC. */
export interface LabelTimes {
  readonly step: TimeStep;
  /** Milliseconds since 1970. Steps without a label are among them. */
  readonly steps: readonly LabelTimeStep[];
}

interface LabelTimeStep {
  readonly from: number;
  /** Where the next one begins. */
  readonly to: number;
  readonly human: number;
  readonly machine: number;
  readonly unstated: number;
}

interface TimeStep {
  readonly unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
  readonly count: number;
}

/** More bars could not be told apart, nor be met with a mouse. */
const mostSteps = 72;
const dayMs = 86_400_000;

const evenSteps = [
  { unit: 'second', count: 1, ms: 1_000 },
  { unit: 'second', count: 10, ms: 10_000 },
  { unit: 'minute', count: 1, ms: 60_000 },
  { unit: 'minute', count: 10, ms: 600_000 },
  { unit: 'hour', count: 1, ms: 3_600_000 },
  { unit: 'hour', count: 6, ms: 21_600_000 },
  { unit: 'day', count: 1, ms: dayMs },
  { unit: 'week', count: 1, ms: 7 * dayMs },
] as const;

const monthSteps = [
  { unit: 'month', count: 1, months: 1 },
  { unit: 'year', count: 1, months: 12 },
  { unit: 'year', count: 10, months: 120 },
  { unit: 'year', count: 100, months: 1_200 },
] as const;

/** Of the labels of `lines`, the first and the last of which were made then. `undefined` where no label says when it was made. */
export function labelTimes(
  attribute: AttributeColumns,
  lines: Uint32Array,
  { first, last }: { readonly first: number; readonly last: number },
): LabelTimes | undefined {
  if (!(first <= last)) {
    return undefined;
  }
  const { step, starts } = stepsFor(first, last);
  const counts = { human: counter(starts), machine: counter(starts), unstated: counter(starts) };
  const states = attribute.states.data;
  const times = attribute.creationTimes.data;
  const placeOf = placer(starts);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? 0;
    const state = states[line];
    const time = times[line] ?? Number.NaN;
    if (state === undefined || state === labelState.unlabeled || state === labelState.failed || Number.isNaN(time)) {
      continue;
    }
    const place = placeOf(time);
    const count =
      state === labelState.human ? counts.human : state === labelState.machine ? counts.machine : counts.unstated;
    count[place] = (count[place] ?? 0) + 1;
  }
  return {
    step,
    steps: starts.slice(0, -1).map((from, place) => ({
      from,
      to: starts[place + 1] ?? from,
      human: counts.human[place] ?? 0,
      machine: counts.machine[place] ?? 0,
      unstated: counts.unstated[place] ?? 0,
    })),
  };
}

function counter(starts: readonly number[]): Uint32Array {
  return new Uint32Array(starts.length - 1);
}

/** Where each step begins, and the last one ends. */
function stepsFor(first: number, last: number): { readonly step: TimeStep; readonly starts: readonly number[] } {
  for (const { unit, count, ms } of evenSteps) {
    // The first day of 1970 was a Thursday; weeks begin on Mondays.
    const shift = unit === 'week' ? 3 * dayMs : 0;
    const from = Math.floor((first + shift) / ms) * ms - shift;
    const length = Math.floor((last - from) / ms) + 1;
    if (length <= mostSteps) {
      return { step: { unit, count }, starts: Array.from({ length: length + 1 }, (_, place) => from + place * ms) };
    }
  }
  const firstMonth = monthOf(first);
  const lastMonth = monthOf(last);
  const { unit, count, months } =
    monthSteps.find((step) => (lastMonth - firstMonth) / step.months < mostSteps - 1) ?? monthSteps[3];
  const from = Math.floor(firstMonth / months) * months;
  const length = Math.floor((lastMonth - from) / months) + 1;
  return {
    step: { unit, count },
    starts: Array.from({ length: length + 1 }, (_, place) => startOfMonth(from + place * months)),
  };
}

/** Months since the year 0. */
function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function startOfMonth(month: number): number {
  // Not Date.UTC, which takes the years before 100 for the 1900s.
  return new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1);
}

/** In which step a time is. Months are nearly of one length: a guess is off by little. */
function placer(starts: readonly number[]): (time: number) => number {
  const [from = 0] = starts;
  const mostPlace = starts.length - 2;
  const perStep = ((starts.at(-1) ?? 0) - from) / (starts.length - 1);
  return (time) => {
    let place = Math.min(mostPlace, Math.max(0, Math.floor((time - from) / perStep)));
    while (place > 0 && time < (starts[place] ?? 0)) {
      place--;
    }
    while (place < mostPlace && time >= (starts[place + 1] ?? 0)) {
      place++;
    }
    return place;
  };
}
