import type { Examination } from './examination.js';
import type { CommandLine, Fix, PolicyDocument, Stage, Status } from './report.js';

/** One thing that is looked at. It says nothing of a subject that it has nothing to do with. */
export interface Check {
  readonly id: string;
  readonly stage: Stage;
  /** What it could not look at is told in these words: `The CORS rules could not be read: …`. */
  readonly title: string;
  run(examination: Examination, signal: AbortSignal): Promise<readonly Outcome[]>;
}

export interface Outcome {
  /** The check's own, where it is left out. */
  readonly id?: string;
  readonly status: Status;
  readonly cause: string;
  readonly where: string;
  readonly commands?: readonly CommandLine[];
  readonly fix?: Fix;
  readonly policy?: PolicyDocument;
}

export function ok(where: string, cause: string, commands?: readonly CommandLine[]): Outcome {
  return { status: 'ok', where, cause, ...(commands && { commands }) };
}

export function warning(where: string, cause: string, more: Partial<Outcome> = {}): Outcome {
  return { status: 'warning', where, cause, ...more };
}

export function failing(where: string, cause: string, more: Partial<Outcome> = {}): Outcome {
  return { status: 'error', where, cause, ...more };
}

export function unknown(where: string, cause: string, more: Partial<Outcome> = {}): Outcome {
  return { status: 'unknown', where, cause, ...more };
}
