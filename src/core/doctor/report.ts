import type { S3Uri } from '../s3Uri.js';

/** The nine stages, in the order in which they depend on each other. */
export const stages = [
  { stage: 1, title: 'Signed in' },
  { stage: 2, title: 'Account and region' },
  { stage: 3, title: 'Buckets' },
  { stage: 4, title: 'Role' },
  { stage: 5, title: 'Objects to label' },
  { stage: 6, title: 'Labels and template' },
  { stage: 7, title: 'Team' },
  { stage: 8, title: 'Labeling job' },
  { stage: 9, title: 'Results' },
] as const;

export type Stage = (typeof stages)[number]['stage'];

/** `unknown`: it could not be looked at from here, and the cause says why; it is never taken for `ok`. */
export type Status = 'ok' | 'warning' | 'error' | 'unknown';

/** Program and arguments, as they are, before any quoting. */
export type CommandLine = readonly string[];

/** One line of the report. */
export interface Finding {
  /** Stable, for scripts: the check's, or one below it (`mf.duplicateSource`). */
  readonly id: string;
  /** Of the check that is run again after a fix. */
  readonly check: string;
  readonly stage: Stage;
  readonly status: Status;
  /** What is so, why it matters and what to do, in whole sentences. */
  readonly cause: string;
  /** What it is about: `s3://bucket`, a role's name, a field of the form. */
  readonly where: string;
  /** What does the fix from a terminal, or shows what the check looked at. */
  readonly commands: readonly CommandLine[];
  readonly fix?: FixText;
  /** The smallest policy that allows what was denied. */
  readonly policy?: PolicyDocument;
}

/** What a fix would change, for people to read before it is done. */
export interface FixText {
  readonly title: string;
  /** Names the two texts: `CORS rules of cats.json`. */
  readonly fileName: string;
  readonly before: string;
  readonly after: string;
}

/** A fix that can be done. */
export interface Fix extends FixText {
  readonly commands: readonly CommandLine[];
  /** The object that it makes, where there was none before. */
  readonly makes?: S3Uri;
  apply(signal: AbortSignal): Promise<void>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

export interface Report {
  /** What was looked at, in words. */
  readonly subject: string;
  readonly findings: readonly Finding[];
}

export interface StatusCounts {
  readonly ok: number;
  readonly warning: number;
  readonly error: number;
  readonly unknown: number;
}

export function countStatuses(findings: readonly Pick<Finding, 'status'>[]): StatusCounts {
  const of = (status: Status) => findings.filter((finding) => finding.status === status).length;
  return { ok: of('ok'), warning: of('warning'), error: of('error'), unknown: of('unknown') };
}
