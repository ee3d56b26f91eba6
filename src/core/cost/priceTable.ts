import { isList, isObject, type JsonObject, type JsonValue } from '../json.js';

/** What Ground Truth charges, as of a day, as somebody wrote it down. In US dollars. */
export interface PriceTable {
  /** `YYYY-MM-DD`: when the figures were true. */
  readonly date: string;
  /** Where they were read. */
  readonly source: string;
  /** Of an account's first months. */
  readonly freeObjects?: { readonly perMonth: number; readonly firstMonths: number };
  /** The first that fits counts. */
  readonly prices: readonly Price[];
}

/** A price table, or what is wrong with the one that there is. */
export type ReadPrices = { readonly table: PriceTable } | { readonly problem: string };

export interface Price {
  /** `*` fits all. */
  readonly regions: readonly string[];
  /** As the built-in functions name them, such as `ImageMultiClass`; `*` fits all. */
  readonly taskTypes: readonly string[];
  readonly perObject: readonly PriceTier[];
  /** For each worker's answer to each object: nothing, for private teams. */
  readonly perWorkerTask: number;
}

export interface PriceTier {
  /** Up to this number of objects; without one, all that follow. */
  readonly upTo?: number;
  /** For each object; `null` where nobody knows. */
  readonly usd: number | null;
}

/** Reads a price table that anybody may have edited; what is wrong is thrown as a sentence. */
export function parsePriceTable(text: string): PriceTable {
  const table = object(parsed(text), 'The price table');
  const { date, source, freeObjects, prices } = table;
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/u.test(date) || Number.isNaN(Date.parse(date))) {
    throw new Error('"date" must be a day, such as "2025-02-01"');
  }
  if (typeof source !== 'string' || source.trim() === '') {
    throw new Error('"source" must say where the prices were read');
  }
  if (!isList(prices) || prices.length === 0) {
    throw new Error('"prices" must be a list with at least one price');
  }
  return {
    date,
    source,
    ...(freeObjects !== undefined && { freeObjects: freeObjectsOf(object(freeObjects, '"freeObjects"')) }),
    prices: prices.map((price, at) => priceOf(object(price, `Price ${at + 1}`), `Price ${at + 1}`)),
  };
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new Error(`It is not JSON (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
}

function freeObjectsOf({ perMonth, firstMonths }: JsonObject) {
  return {
    perMonth: amount(perMonth, '"freeObjects.perMonth"'),
    firstMonths: amount(firstMonths, '"freeObjects.firstMonths"'),
  };
}

function priceOf({ regions, taskTypes, perObject, perWorkerTask }: JsonObject, what: string): Price {
  if (!isList(perObject) || perObject.length === 0) {
    throw new Error(`${what} must have "perObject", a list of tiers`);
  }
  const tiers = perObject.map((tier, at) => tierOf(object(tier, `${what}, tier ${at + 1}`), `${what}, tier ${at + 1}`));
  const ends = tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
  if (ends.some((end, at) => at > 0 && end <= (ends[at - 1] ?? 0))) {
    throw new Error(`${what} must have its tiers in order, each up to more objects than the one before`);
  }
  return {
    regions: texts(regions, `${what} must have "regions"`),
    taskTypes: texts(taskTypes, `${what} must have "taskTypes"`),
    perObject: tiers,
    perWorkerTask: amount(perWorkerTask, `${what}: "perWorkerTask"`),
  };
}

function tierOf({ upTo, usd }: JsonObject, what: string): PriceTier {
  return {
    ...(upTo !== undefined && { upTo: amount(upTo, `${what}: "upTo"`) }),
    usd: usd === null ? null : amount(usd, `${what}: "usd"`),
  };
}

function object(value: JsonValue | undefined, what: string): JsonObject {
  if (!isObject(value)) {
    throw new Error(`${what} must be an object of JSON`);
  }
  return value;
}

function amount(value: JsonValue | undefined, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new Error(`${what} must be a number of at least 0`);
  }
  return value;
}

function texts(value: JsonValue | undefined, what: string): readonly string[] {
  const all = value !== undefined && isList(value) ? value : [];
  if (all.length === 0 || !all.every((text) => typeof text === 'string')) {
    throw new Error(`${what}, a list of texts`);
  }
  return all;
}
