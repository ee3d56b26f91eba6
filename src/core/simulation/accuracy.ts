import { evenConfusion, type SimulatedWorker } from './simulatedWorker.js';

type Confusion = SimulatedWorker['confusion'];

/**
 * How right a simulated worker is, as it is typed: one number for all labels (`0.9`), one for each in the order of the
 * labels (`0.9, 0.6`), or a confusion matrix in JSON (`[[0.9, 0.1], [0.3, 0.7]]`: a row for each true class). Numbers
 * are from 0 to 1; what is wrong is said as a reason.
 */
export function parseAccuracy(
  text: string,
  labels: number,
): { readonly confusion: Confusion } | { readonly problem: AccuracyProblem } {
  if (text.trim().startsWith('[')) {
    return parseMatrix(text, labels);
  }
  const numbers = text
    .split(/[\s,;]+/u)
    .filter((part) => part !== '')
    .map(Number);
  if (!numbers.every(isShare)) {
    return { problem: 'range' };
  }
  const [only] = numbers;
  if (numbers.length === 1 && only !== undefined) {
    return { confusion: evenConfusion(Array.from({ length: labels }, () => only)) };
  }
  return numbers.length === labels ? { confusion: evenConfusion(numbers) } : { problem: 'count' };
}

export type AccuracyProblem =
  /** A number that is none, or not from 0 to 1. */
  | 'range'
  /** Neither one number nor one for each label. */
  | 'count'
  /** No square of numbers with as many rows as there are labels. */
  | 'matrix'
  /** A row that does not sum to 1. */
  | 'rowSum';

function parseMatrix(text: string, labels: number): { confusion: Confusion } | { problem: AccuracyProblem } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'matrix' };
  }
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  if (rows.length !== labels || !rows.every((row) => Array.isArray(row) && row.length === labels)) {
    return { problem: 'matrix' };
  }
  const confusion = rows as readonly (readonly unknown[])[];
  if (!confusion.every((row): row is readonly number[] => row.every(isShare))) {
    return { problem: 'range' };
  }
  const isWhole = confusion.every((row) => Math.abs(row.reduce((sum, share) => sum + share, 0) - 1) < 1e-6);
  return isWhole ? { confusion } : { problem: 'rowSum' };
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
