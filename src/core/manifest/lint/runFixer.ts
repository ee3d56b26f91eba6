import { type ManifestObject, type ManifestRun, RunReader } from '../manifestRuns.js';
import type { LintContext } from './lintContext.js';
import type { LintFinding, TextEdit, TextRange } from './lintFinding.js';
import { lintObject } from './lintObject.js';
import type { LintKind } from './lintReport.js';
import { ManifestRules, objectFacts } from './manifestRules.js';

/** Makes right what there is a fix for, run by run; what no fix touches stays as it is, to the last space. */
export class RunFixer {
  readonly #context: LintContext;
  readonly #kinds: ReadonlySet<LintKind> | undefined;
  readonly #rules: ManifestRules;
  #fixes = 0;

  /** `kinds`: only these. */
  constructor(context: LintContext, kinds: ReadonlySet<LintKind> | undefined) {
    this.#context = context;
    this.#kinds = kinds;
    this.#rules = new ManifestRules(context);
  }

  /** How many fixes were made so far. */
  get fixes(): number {
    return this.#fixes;
  }

  isToFix(kind: LintKind): boolean {
    return this.#kinds?.has(kind) ?? true;
  }

  /** The lines that come in the place of the run's; `undefined` where they stay as they are. */
  fix(run: ManifestRun): readonly string[] | undefined {
    const texts = run.objects.map(({ text }) => text);
    const right = this.#withoutFindings(texts.join('\n').split('\n'), run.objects);
    const kept = this.#withoutDuplicates(right.lines, right.objects);
    return right.isChanged || kept.length < right.lines.length ? kept : undefined;
  }

  #withoutFindings(lines: readonly string[], objects: readonly ManifestObject[]): Fixed {
    let current: Fixed = { lines, objects, isChanged: false };
    for (let round = 0; round < mostRounds; round += 1) {
      const start = current.isChanged ? 0 : (objects[0]?.line ?? 0);
      const edits = this.#edits(current.objects);
      if (edits.length === 0) {
        break;
      }
      const fixed = edited(current.lines, start, edits);
      this.#fixes += edits.length;
      current = { lines: fixed, objects: objectsIn(fixed), isChanged: true };
    }
    return current;
  }

  /** Those that do not touch each other; the others come with the next round, if they are still due then. */
  #edits(objects: readonly ManifestObject[]): readonly TextEdit[] {
    const chosen: TextEdit[] = [];
    for (const object of objects) {
      for (const { problem, fix } of lintObject(object, this.#context).findings) {
        if (fix?.kind === 'edit' && this.isToFix(problem.kind)) {
          const areApart = fix.edits.every(({ range }) => chosen.every((other) => isApart(other.range, range)));
          chosen.push(...(areApart ? fix.edits : []));
        }
      }
    }
    return chosen;
  }

  #withoutDuplicates(lines: readonly string[], objects: readonly ManifestObject[]): readonly string[] {
    const first = objects[0]?.line ?? 0;
    const dropped = new Set<number>();
    for (const object of objects) {
      const { read } = lintObject(object, this.#context);
      const found = read ? this.#rules.objectFindings(objectFacts(read, this.#context), () => read) : [];
      if (found.some(({ problem, fix }: LintFinding) => fix && this.isToFix(problem.kind))) {
        dropped.add(object.line - first);
        this.#fixes += 1;
      }
    }
    return dropped.size === 0 ? lines : lines.filter((_, line) => !dropped.has(line));
  }
}

interface Fixed {
  readonly lines: readonly string[];
  readonly objects: readonly ManifestObject[];
  readonly isChanged: boolean;
}

/** A fix may uncover what another is for; none brings back what another has taken away. */
const mostRounds = 20;

function objectsIn(lines: readonly string[]): readonly ManifestObject[] {
  const reader = new RunReader();
  const runs = lines.flatMap((text, line) => reader.add({ line, text }));
  return [...runs, ...reader.end()].flatMap(({ objects }) => objects);
}

function isApart(a: TextRange, b: TextRange): boolean {
  return isBefore(a, b) || isBefore(b, a);
}

function isBefore(a: TextRange, b: TextRange): boolean {
  return a.endLine < b.startLine || (a.endLine === b.startLine && a.endColumn <= b.startColumn);
}

/** The lines after edits that do not touch each other; they count lines from `start` on. */
function edited(lines: readonly string[], start: number, edits: readonly TextEdit[]): readonly string[] {
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.length + 1;
  }
  const text = lines.map((line) => `${line}\n`).join('');
  const offset = (line: number, column: number) => (starts[line - start] ?? length) + column;
  let right = text;
  for (const { range, text: by } of edits.toSorted((a, b) => (isBefore(a.range, b.range) ? 1 : -1))) {
    const from = offset(range.startLine, range.startColumn);
    right = right.slice(0, from) + by + right.slice(offset(range.endLine, range.endColumn));
  }
  return right === '' ? [] : right.replace(/\n$/u, '').split('\n');
}
