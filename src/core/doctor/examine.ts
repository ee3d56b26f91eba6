import type { Target } from '../ports.js';
import type { Storage } from '../storage.js';
import { checks } from './checks.js';
import { Examination, type ExaminationOptions, type Place } from './examination.js';
import type { CommandLine, Finding, Report } from './report.js';
import { type CheckResult, runChecks, type RunOptions } from './runChecks.js';

/** What `aws` on a command line needs to go where the target is. */
export function placeOf(target: Target): Place {
  return target.kind === 'local'
    ? {
        kind: 'local',
        region: target.server.region,
        cliOptions: ['--endpoint-url', target.server.endpoint, '--region', target.server.region],
        ...(target.storage && { s3CliOptions: storageOptions(target.storage.storage) }),
      }
    : {
        kind: 'aws',
        region: target.region,
        cliOptions: [...(target.profile === undefined ? [] : ['--profile', target.profile]), '--region', target.region],
      };
}

function storageOptions(storage: Storage): CommandLine {
  const { endpoint, region, keys } = storage;
  return [
    ...(endpoint === undefined ? [] : ['--endpoint-url', endpoint]),
    ...(keys.kind === 'profile' ? ['--profile', keys.profile] : []),
    '--region',
    region,
  ];
}

export interface ExamineOptions extends ExaminationOptions, RunOptions {
  /** Of these checks alone: after a fix, its own is enough. */
  readonly only?: readonly string[];
}

/** Line by line, in the order of the stages. */
export function examine(options: ExamineOptions, signal: AbortSignal): AsyncGenerator<CheckResult> {
  const { only } = options;
  const chosen = only ? checks.filter(({ id }) => only.includes(id)) : checks;
  return runChecks(chosen, new Examination(options), options, signal);
}

/** The whole report at once. */
export async function examineAll(
  options: ExamineOptions,
  signal: AbortSignal,
): Promise<{ readonly report: Report; readonly results: readonly CheckResult[] }> {
  const results: CheckResult[] = [];
  for await (const result of examine(options, signal)) {
    results.push(result);
  }
  const findings: readonly Finding[] = results.flatMap(({ lines }) => lines.map(({ finding }) => finding));
  return { report: { subject: options.subject.title, findings }, results };
}
