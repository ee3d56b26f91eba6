import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parsePriceTable, type ReadPrices } from './core/cost/priceTable.js';
import { ensureUnchanged } from './core/doctor/changedMeanwhile.js';
import { examineAll, placeOf } from './core/doctor/examine.js';
import { reasonOf } from './core/doctor/reasonOf.js';
import { reportJson, reportText } from './core/doctor/reportText.js';
import { changedRequest, readRequest } from './core/doctor/requestFile.js';
import { subjectOf } from './core/doctor/look.js';
import { type JobChange, requestSubject, type Subject } from './core/doctor/subject.js';
import type { Services } from './core/ports.js';
import { connect } from './lateBundles.js';
import { type DoctorArguments, doctorUsage, type ProgramLook, parseDoctorArguments } from './node/doctorArguments.js';

// The doctor without VS Code, for a terminal and for CI.

const exitCodes = { fine: 0, errors: 1, couldNotLook: 2 };

void main();

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${doctorUsage}\n`);
    return;
  }
  try {
    process.exitCode = await run(parseDoctorArguments(args, process.env));
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n\n${doctorUsage}\n`);
    process.exitCode = exitCodes.couldNotLook;
  }
}

async function run({ target, look, isJson, samples, prices: file, fixes }: DoctorArguments): Promise<number> {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  const { signal } = interrupted;
  const services = await connect(target);
  try {
    const place = placeOf(target);
    const prices = () => readPrices(file);
    const lookAgain = async (only?: readonly string[]) =>
      examineAll(
        { services, place, samples, prices, ...(await looked(services, look, signal)), ...(only && { only }) },
        signal,
      );
    let { report, results } = await lookAgain();
    for (const id of fixes) {
      const fixable = results.flatMap(({ lines }) => lines).find(({ finding, fix }) => fix && finding.id === id);
      if (!fixable?.fix) {
        throw new Error(`Nothing was found that "${id}" would fix.`);
      }
      const { title, fileName, before, after } = fixable.fix;
      process.stderr.write(`${title}\n--- ${fileName}\n${before}+++ ${fileName}\n${after}\n`);
      await fixable.fix.apply(signal);
      ({ report, results } = await lookAgain());
    }
    process.stdout.write(isJson ? reportJson(report) : reportText(report));
    const errors = report.findings.filter(({ status }) => status === 'error');
    if (errors.some(({ id }) => id === 'auth.identity')) {
      return exitCodes.couldNotLook;
    }
    return errors.length > 0 ? exitCodes.errors : exitCodes.fine;
  } finally {
    services.dispose();
  }
}

/** Those of the extension's own file are beside this program's folder. */
async function readPrices(file = join(__dirname, '..', 'media', 'prices.json')): Promise<ReadPrices> {
  try {
    return { table: parsePriceTable(await readFile(file, 'utf8')) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

interface Looked {
  readonly subject: Subject;
  readonly changeJob?: (change: JobChange) => Promise<void>;
}

async function looked(services: Services, look: ProgramLook, signal: AbortSignal): Promise<Looked> {
  if (look.kind !== 'request') {
    return { subject: await subjectOf(look, services, signal) };
  }
  const { file } = look;
  const text = await requestText(file);
  return {
    subject: requestSubject(readRequest(text), { title: `the request in "${file}"` }),
    async changeJob(change) {
      ensureUnchanged(file, text, await requestText(file));
      await writeFile(file, changedRequest(text, change));
    },
  };
}

async function requestText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw error instanceof TypeError ? new Error(`"${file}" is not encoded as UTF-8. Save it as UTF-8.`) : error;
  }
}
