import { RunReader, type ManifestRun } from '../manifestRuns.js';
import type { LintContext } from './lintContext.js';
import type { TextEdit } from './lintFinding.js';
import type { LintKind } from './lintReport.js';
import { RunFixer } from './runFixer.js';

/** The edits that make right what there is a fix for in the lines of an editor; none touches another. */
export function fixedDocument(
  lines: readonly string[],
  context: LintContext,
  kinds: ReadonlySet<LintKind> | undefined,
): readonly TextEdit[] {
  const first = changesOf(lines, context, kinds);
  let right = applied(lines, first);
  let isSame = true;
  // What is now beside each other may be an object that was in pieces before.
  for (let round = 0, changes = first; changes.length > 0 && round < mostRounds; round += 1) {
    changes = changesOf(right, context, kinds);
    isSame &&= changes.length === 0;
    right = applied(right, changes);
  }
  const [beforeLast, last] = first.slice(-2);
  const areApart = !last || !beforeLast || beforeLast.line + beforeLast.lines < last.line;
  return isSame && areApart && first.length <= mostEdits
    ? first.map((change) => editOf(change, lines))
    : [wholeEdit(lines, right)];
}

const mostRounds = 5;
/** One large edit is made sooner than very many small ones. */
const mostEdits = 1_000;

interface Change {
  readonly line: number;
  readonly lines: number;
  readonly by: readonly string[];
}

function changesOf(
  lines: readonly string[],
  context: LintContext,
  kinds: ReadonlySet<LintKind> | undefined,
): readonly Change[] {
  const fixer = new RunFixer(context, kinds);
  const reader = new RunReader();
  const changes: Change[] = [];
  const take = (runs: readonly ManifestRun[]) => {
    for (const run of runs) {
      const by = fixer.fix(run);
      if (by) {
        changes.push({ line: run.line, lines: run.lines, by });
      }
    }
  };
  // After the last line break, editors count one line more.
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  for (const [line, text] of lines.slice(0, count).entries()) {
    take(reader.add(text.includes('\uFFFD') ? { line, text, unreadable: 'notUtf8' } : { line, text }));
  }
  take(reader.end());
  return changes;
}

function applied(lines: readonly string[], changes: readonly Change[]): readonly string[] {
  const parts: (readonly string[])[] = [];
  let at = 0;
  for (const { line, lines: count, by } of changes) {
    parts.push(lines.slice(at, line), by);
    at = line + count;
  }
  return changes.length === 0 ? lines : [...parts, lines.slice(at)].flat();
}

function editOf({ line, lines: count, by }: Change, lines: readonly string[]): TextEdit {
  const end = line + count;
  // The last line has no end to go with it: the one before it goes instead.
  if (end < lines.length) {
    const range = { startLine: line, startColumn: 0, endLine: end, endColumn: 0 };
    return { range, text: by.map((text) => `${text}\n`).join('') };
  }
  const last = { endLine: end - 1, endColumn: (lines[end - 1] ?? '').length };
  if (by.length === 0 && line > 0) {
    const start = { startLine: line - 1, startColumn: (lines[line - 1] ?? '').length };
    return { range: { ...start, ...last }, text: '' };
  }
  return { range: { startLine: line, startColumn: 0, ...last }, text: by.join('\n') };
}

/** One edit from the first line that differs to the last. */
function wholeEdit(lines: readonly string[], right: readonly string[]): TextEdit {
  let start = 0;
  while (start < Math.min(lines.length, right.length) - 1 && lines[start] === right[start]) {
    start += 1;
  }
  const range = {
    startLine: start,
    startColumn: 0,
    endLine: lines.length - 1,
    endColumn: (lines.at(-1) ?? '').length,
  };
  return { range, text: right.slice(start).join('\n') };
}
