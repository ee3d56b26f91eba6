// One contestant's run, in a process of its own: node manifestScanRun.ts KIND FILE.
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { MessageChannel } from 'node:worker_threads';
import { startManifestThread } from '../../src/node/manifestThread.js';
import { serveOrder } from '../../src/node/servedManifest.js';
import { type StartWorker, workerClient, type WorkerOrder } from '../../src/node/startWorker.js';
import { startProcess } from '../../src/node/workerProcess.js';
import type { Client, Contract } from '../../src/protocol/channel.js';
import { threadPort } from '../../src/node/workerThread.js';
import { root } from '../host/dependencies.mjs';
import { asText, bins, Breakdown, byName } from './breakdown.js';

export interface ScanRun {
  readonly kind: 'ours' | 'opened' | 'duckdb' | 'jq' | 'jsonParse' | 'read';
  readonly ms: number;
  /** Of all threads together: unlike the time it took, it hardly depends on who else is working. */
  readonly userMs: number;
  readonly peakRssMb: number;
  /** What was found, to be compared: objects per class, who annotated, and the confidences' histogram. */
  readonly breakdown: string;
}

const attribute = 'animals-first-thousand';

const contestants: { readonly [Kind in ScanRun['kind']]: (file: string) => Promise<string> } = {
  ours,
  opened,
  duckdb,
  jq,
  jsonParse,
  read,
};

void main(process.argv[2] as ScanRun['kind'], process.argv[3] ?? '');

async function main(kind: ScanRun['kind'], file: string): Promise<void> {
  const started = performance.now();
  const usedBefore = process.cpuUsage();
  const breakdown = await contestants[kind](file);
  const ms = performance.now() - started;
  const userMs = process.cpuUsage(usedBefore).user / 1_000;
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.send?.({ kind, ms, userMs, peakRssMb, breakdown } satisfies ScanRun);
  process.disconnect();
}

/**
 * What the editor's process does for a large manifest, from being told to having the summary. As for the others, the
 * process is there already; its second thread, a bundle, is started in it.
 */
function ours(file: string): Promise<string> {
  return scanned(file, startHere);
}

/** The same as the editor waits for it: the process is started too, and the answers come from there. */
function opened(file: string): Promise<string> {
  return scanned(file, startProcess);
}

/** Runs the worker in the thread that starts it. */
function startHere<C extends Contract, Asked extends Contract>({ workerData, answers }: WorkerOrder<Asked>): Client<C> {
  const { port1, port2 } = new MessageChannel();
  serveOrder(workerData, threadPort(port2));
  return workerClient<C, Asked>(threadPort(port1), answers, () => port1.close());
}

async function scanned(file: string, start: StartWorker): Promise<string> {
  const scan = startManifestThread(join(root, 'dist/node/manifestWorker.js'), { kind: 'file', path: file }, start);
  await scan.finish(() => undefined);
  const { attributes } = await scan.summary(new AbortController().signal);
  const [summary] = attributes;
  scan.dispose();
  return JSON.stringify({
    classes: (summary?.classes ?? [])
      .map(({ name, labels, bins: counts }) => [name, labels].concat(counts))
      .toSorted(byName),
    human: summary?.human,
    machine: summary?.machine,
    failed: summary?.failed,
  });
}

async function duckdb(file: string): Promise<string> {
  const { DuckDBInstance } = await import('@duckdb/node-api'); // Its memory is its own.
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const metadata = `"${attribute}-metadata"`;
  // The columns are named to it, which saves it the pass that finds them out, and one query over the file gives all.
  const columns = `{'source-ref': 'VARCHAR', '${attribute}': 'INTEGER', '${attribute}-metadata': 'STRUCT(confidence DOUBLE, "job-name" VARCHAR, "class-name" VARCHAR, "human-annotated" VARCHAR, "creation-date" VARCHAR, "type" VARCHAR, "failure-reason" VARCHAR)'}`;
  const result = await connection.runAndReadAll(
    `SELECT ${metadata}."class-name" AS class,
       least(${bins - 1}, floor(${metadata}.confidence * ${bins} + 1e-9))::INTEGER AS bin,
       ${metadata}."human-annotated" AS human, ${metadata}."failure-reason" IS NOT NULL AS failed,
       ${metadata}."type" AS kind, ${metadata}."job-name" AS job,
       min(${metadata}."creation-date"::TIMESTAMP) AS first, max(${metadata}."creation-date"::TIMESTAMP) AS last,
       count("source-ref")::INTEGER AS labels
     FROM read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = ${columns}) GROUP BY ALL`,
  );
  const counter = new Breakdown();
  for (const { class: name, bin, human, failed, labels } of result.getRowObjectsJson()) {
    const count = Number(labels);
    counter.add(asText(name), Number(bin), count);
    counter.states.human += human === 'yes' ? count : 0;
    counter.states.machine += human === 'no' ? count : 0;
    counter.states.failed += failed === true ? count : 0;
  }
  return counter.toString();
}

/** Of its memory and processor time nothing is known here: it is another program. */
async function jq(file: string): Promise<string> {
  const program = `reduce inputs as $line ({};
    ($line["${attribute}-metadata"]) as $of
    | ([${bins - 1}, ($of.confidence * ${bins} + 1e-9 | floor)] | min) as $bin
    | .[[$of["class-name"], $bin, $of["human-annotated"], ($of | has("failure-reason"))] | tojson] += 1)
    | to_entries[] | [(.key | fromjson), .value]`;
  const { stdout } = await promisify(execFile)('jq', ['-n', '-c', program, file], { maxBuffer: 1 << 26 });
  const counter = new Breakdown();
  const { states } = counter;
  for (const row of stdout.trim().split('\n')) {
    const [[name, bin, human, failed], count] = JSON.parse(row) as [[string, number, string, boolean], number];
    counter.add(name, bin, count);
    states.human += human === 'yes' ? count : 0;
    states.machine += human === 'no' ? count : 0;
    states.failed += failed ? count : 0;
  }
  return counter.toString();
}

async function jsonParse(file: string): Promise<string> {
  const counter = new Breakdown();
  const { states } = counter;
  for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 1 << 20 }) })) {
    const object = JSON.parse(line) as Record<string, Record<string, string | number>>;
    const metadata = object[`${attribute}-metadata`] ?? {};
    states.human += metadata['human-annotated'] === 'yes' ? 1 : 0;
    states.machine += metadata['human-annotated'] === 'no' ? 1 : 0;
    states.failed += 'failure-reason' in metadata ? 1 : 0;
    const place = Math.min(bins - 1, Math.floor(Number(metadata['confidence']) * bins + 1e-9));
    counter.add(String(metadata['class-name']), place, 1);
  }
  return counter.toString();
}

async function read(file: string): Promise<string> {
  const handle = await open(file);
  const buffer = new Uint8Array(1 << 20);
  while ((await handle.read(buffer, 0, buffer.length)).bytesRead > 0);
  await handle.close();
  return '';
}
