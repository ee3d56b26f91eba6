import type { BuiltInTaskType } from '../labels/builtInFunctions.js';
import type { Price, PriceTable, PriceTier } from './priceTable.js';

export interface CostQuestion {
  readonly region: string;
  /** None of a custom job, which only a price for all kinds of tasks fits. */
  readonly taskType?: BuiltInTaskType;
  readonly objects: number;
  readonly workersPerObject: number;
}

export type CostEstimate =
  | {
      readonly kind: 'known';
      /** US dollars: the fees for objects, and for each worker's task beside them. */
      readonly usd: number;
      readonly tasks: number;
      readonly perWorkerTask: number;
      /** Whether the price was written down for this very region, or for all. */
      readonly isOfRegion: boolean;
    }
  /** No price is known beyond so many objects; 0 where there is none at all. */
  | { readonly kind: 'unknown'; readonly knownObjects: number };

/**
 * What Ground Truth charges for a job of a private team, before free objects and taxes, and without what S3 charges:
 * a fee for each object, in tiers, whatever the number of workers, and a fee for each task, which private teams do not
 * have (reference §1.7). An account's other jobs of the month count into its tiers, which nobody here knows.
 */
export function estimateCost({ prices }: PriceTable, question: CostQuestion): CostEstimate {
  const { objects, workersPerObject } = question;
  const price = prices.find((candidate) => fits(candidate, question));
  const knownObjects = price === undefined ? 0 : knownUpTo(price.perObject);
  if (price === undefined || objects > knownObjects) {
    return { kind: 'unknown', knownObjects };
  }
  const tasks = objects * workersPerObject;
  return {
    kind: 'known',
    usd: objectFees(price.perObject, objects) + tasks * price.perWorkerTask,
    tasks,
    perWorkerTask: price.perWorkerTask,
    isOfRegion: price.regions.includes(question.region),
  };
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Whole days since the prices were true. */
export function priceTableAge({ date }: PriceTable, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(date)) / dayMs));
}

function fits({ regions, taskTypes }: Price, { region, taskType }: CostQuestion): boolean {
  return hasAnyOf(regions, region) && hasAnyOf(taskTypes, taskType);
}

function hasAnyOf(names: readonly string[], name: string | undefined): boolean {
  return names.includes('*') || (name !== undefined && names.includes(name));
}

/** Before the first tier whose price nobody knows. */
function knownUpTo(tiers: readonly PriceTier[]): number {
  let known = 0;
  for (const { upTo, usd } of tiers) {
    if (usd === null) {
      return known;
    }
    known = upTo ?? Number.POSITIVE_INFINITY;
  }
  return known;
}

/** Each tier's price for the objects in it. */
function objectFees(tiers: readonly PriceTier[], objects: number): number {
  let [fees, before] = [0, 0];
  for (const { upTo = Number.POSITIVE_INFINITY, usd } of tiers) {
    fees += Math.max(0, Math.min(objects, upTo) - before) * (usd ?? 0);
    before = upTo;
  }
  return fees;
}
