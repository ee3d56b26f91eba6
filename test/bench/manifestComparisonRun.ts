// One contestant's run, in a process of its own: node manifestComparisonRun.ts KIND FILE OTHER-FILE.
import { join } from 'node:path';
import process from 'node:process';
import type { ComparedCategory } from '../../src/core/compare/manifestComparison.js';
import { startCompareThread } from '../../src/node/compareThread.js';
import { startThread } from '../../src/node/workerThread.js';
import { root } from '../host/dependencies.mjs';
import { asText } from './breakdown.js';

export interface ComparisonRun {
  readonly kind: 'ours' | 'duckdb';
  readonly ms: number;
  /** Of all threads together: unlike the time it took, it hardly depends on who else is working. */
  readonly userMs: number;
  readonly peakRssMb: number;
  /** What was found, to be held against each other: how many pairs of which classes, and how many objects alone. */
  readonly found: string;
}

const attribute = 'animals-first-thousand';

void main(process.argv[2] as ComparisonRun['kind'], process.argv[3] ?? '', process.argv[4] ?? '');

async function main(kind: ComparisonRun['kind'], here: string, there: string): Promise<void> {
  const started = performance.now();
  const usedBefore = process.cpuUsage();
  const found = await { ours, duckdb }[kind](here, there);
  const ms = performance.now() - started;
  const userMs = process.cpuUsage(usedBefore).user / 1_000;
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.send?.({ kind, ms, userMs, peakRssMb, found } satisfies ComparisonRun);
  process.disconnect();
}

/**
 * The built thread, from starting it to having its result: what the pane waits for. In VS Code a process starts before
 * that for manifests of this size; here it is a thread of this process, so that what it uses is measured as the peer's is.
 */
async function ours(here: string, there: string): Promise<string> {
  const comparison = startCompareThread(
    join(root, 'dist/node/compareWorker.js'),
    {
      here: { kind: 'file', path: here },
      there: { kind: 'file', path: there },
    },
    startThread,
  );
  const { signal } = new AbortController();
  const result = await comparison.run({ here: attribute, there: attribute }, () => undefined, signal);
  comparison.dispose();
  const { onlyHere, onlyThere, categories, cells } = result;
  const pairs = cells.map((cell) => [nameOf(categories[cell.here]), nameOf(categories[cell.there]), cell.pairs]);
  return JSON.stringify({ onlyHere, onlyThere, pairs: pairs.map(String).toSorted() });
}

async function duckdb(here: string, there: string): Promise<string> {
  const { DuckDBInstance } = await import('@duckdb/node-api'); // Its memory is its own.
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  // The columns are named to it, which saves it the pass that finds them out, and it is asked for no others.
  const columns = `{'source-ref': 'VARCHAR', '${attribute}-metadata': 'STRUCT("class-name" VARCHAR)'}`;
  const read = (file: string) =>
    `(SELECT "source-ref" AS source, "${attribute}-metadata"."class-name" AS class
      FROM read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = ${columns}))`;
  const result = await connection.runAndReadAll(
    `SELECT here.source IS NOT NULL AS is_here, there.source IS NOT NULL AS is_there,
       here.class AS own, there.class AS other, count(*)::INTEGER AS objects
     FROM ${read(here)} here FULL JOIN ${read(there)} there ON here.source = there.source GROUP BY ALL`,
  );
  let onlyHere = 0;
  let onlyThere = 0;
  const pairs: string[] = [];
  for (const row of result.getRowObjectsJson()) {
    const objects = Number(row['objects']);
    if (row['is_here'] === true && row['is_there'] === true) {
      pairs.push(String([asText(row['own']), asText(row['other']), objects]));
    } else {
      onlyHere += row['is_here'] === true ? objects : 0;
      onlyThere += row['is_there'] === true ? objects : 0;
    }
  }
  return JSON.stringify({ onlyHere, onlyThere, pairs: pairs.toSorted() });
}

function nameOf(category: ComparedCategory | undefined): string {
  return category?.kind === 'classes' ? category.names.join('+') : (category?.kind ?? '');
}
