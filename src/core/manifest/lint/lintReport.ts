import { type LintFinding, type LintProblem, type LintSeverity, severities } from './lintFinding.js';

export type LintKind = LintProblem['kind'];

/** The worst of what was found, and how much there is of it. */
export interface LintReport {
  /** In the order of the lines. */
  readonly findings: readonly LintFinding[];
  readonly counts: readonly LintCount[];
  readonly lines: number;
}

interface LintCount {
  readonly kind: LintKind;
  readonly count: number;
  /** How many of them there is a fix for. */
  readonly fixable: number;
}

/** Counts findings, and keeps the first of each severity: a file that is no manifest has one a line. */
export class LintTally {
  readonly #most: number;
  readonly #kept: Record<LintSeverity, LintFinding[]> = { error: [], warning: [], information: [] };
  readonly #counts = new Map<LintKind, { count: number; fixable: number }>();

  constructor(most: number) {
    this.#most = most;
  }

  add(finding: LintFinding): void {
    const { kind } = finding.problem;
    const sum = this.#counts.get(kind) ?? { count: 0, fixable: 0 };
    sum.count += 1;
    sum.fixable += finding.fix ? 1 : 0;
    this.#counts.set(kind, sum);
    const kept = this.#kept[severities[kind]];
    if (kept.length < this.#most) {
      kept.push(finding);
    }
  }

  report(lines: number): LintReport {
    const { error, warning, information } = this.#kept;
    const worst = [...error, ...warning, ...information].slice(0, this.#most);
    return {
      findings: worst.toSorted(
        (a, b) => a.range.startLine - b.range.startLine || a.range.startColumn - b.range.startColumn,
      ),
      counts: Array.from(this.#counts, ([kind, sum]) => ({ kind, ...sum })),
      lines,
    };
  }
}

export function foundIn({ counts }: LintReport): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

export function fixableIn({ counts }: LintReport): number {
  return counts.reduce((sum, { fixable }) => sum + fixable, 0);
}
