import { Turns } from '../turns.js';
import type { Check, Outcome } from './check.js';
import { failureOutcome } from './denied.js';
import type { Examination } from './examination.js';
import type { Finding, Fix } from './report.js';

export interface FoundLine {
  readonly finding: Finding;
  /** What the finding's `fix` tells of, to be done. */
  readonly fix?: Fix;
}

/** What a check has found; a check that found nothing is told of too, so that its earlier lines go. */
export interface CheckResult {
  readonly check: string;
  readonly lines: readonly FoundLine[];
}

export interface RunOptions {
  readonly atOnce?: number;
  /** Aborts when a check has taken too long. */
  readonly deadline?: () => AbortSignal;
}

const checksAtOnce = 6;
const checkTimeoutMs = 60_000;

/**
 * Several checks run at the same time, and what they find comes in the order of the list. One that fails, or takes too
 * long, is a line of its own and stops no other.
 */
export async function* runChecks(
  checks: readonly Check[],
  examination: Examination,
  options: RunOptions,
  signal: AbortSignal,
): AsyncGenerator<CheckResult> {
  const { atOnce = checksAtOnce, deadline = () => AbortSignal.timeout(checkTimeoutMs) } = options;
  const turns = new Turns(atOnce);
  const running = checks.map((check) => turns.take(() => runCheck(check, examination, deadline, signal)));
  for (const result of running) {
    result.catch(() => undefined); // Whoever stops listening must not leave rejections behind.
  }
  for (const result of running) {
    yield await result;
  }
}

async function runCheck(
  check: Check,
  examination: Examination,
  deadline: () => AbortSignal,
  signal: AbortSignal,
): Promise<CheckResult> {
  signal.throwIfAborted();
  const late = deadline();
  const either = AbortSignal.any([signal, late]);
  let outcomes: readonly Outcome[];
  try {
    outcomes = await Promise.race([check.run(examination, either), aborted(either)]);
  } catch (error) {
    signal.throwIfAborted();
    outcomes = [late.aborted ? tooLate(check) : await failureOutcome(check, error, examination, signal)];
  }
  return { check: check.id, lines: outcomes.map((outcome) => lineOf(check, outcome)) };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const reason = () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) {
      reason();
    }
    signal.addEventListener('abort', reason, { once: true });
  });
}

function tooLate({ title }: Check): Outcome {
  return {
    status: 'unknown',
    where: title,
    cause: 'This took too long and was given up; the other lines do not depend on it. Run the doctor again.',
  };
}

function lineOf({ id, stage }: Check, outcome: Outcome): FoundLine {
  const { fix } = outcome;
  const finding: Finding = {
    id: outcome.id ?? id,
    check: id,
    stage,
    status: outcome.status,
    cause: outcome.cause,
    where: outcome.where,
    commands: fix?.commands ?? outcome.commands ?? [],
    ...(fix && { fix: { title: fix.title, fileName: fix.fileName, before: fix.before, after: fix.after } }),
    ...(outcome.policy && { policy: outcome.policy }),
  };
  return { finding, ...(fix && { fix }) };
}
