import type { JsonObject } from '../../json.js';
import type { JsonMember, OffsetRange } from './jsonMembers.js';
import { type LintFinding, type LintFix, type LintProblem, severities, type TextRange } from './lintFinding.js';

/** An object of the manifest with the text that it was read from. */
export interface LintedLine {
  readonly line: number;
  /** Of all its lines, joined by `\n`. */
  readonly text: string;
  readonly value: JsonObject;
  readonly members: readonly JsonMember[];
}

type Place = Pick<LintedLine, 'line' | 'text'>;

export function finding(problem: LintProblem, range: TextRange, fix?: LintFix): LintFinding {
  return { severity: severities[problem.kind], range, problem, fix };
}

/** The range of a part of the text, or of the whole. */
export function rangeOf(
  { line, text }: Place,
  { start, end }: OffsetRange = { start: 0, end: text.length },
): TextRange {
  const from = positionOf(text, start);
  const to = positionOf(text, end);
  return {
    startLine: line + from.line,
    startColumn: from.column,
    endLine: line + to.line,
    endColumn: to.column,
  };
}

function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  let line = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return { line, column: offset - lineStart };
}

/** Replaces a part of the text. */
export function replacing(place: Place, part: OffsetRange | undefined, text: string): LintFix {
  return { kind: 'edit', edits: [{ range: rangeOf(place, part), text }] };
}

/** Deletes the line together with its end; after the last line, editors take the end of the text for it. */
export function deletingLine({ line }: Place): LintFix {
  return {
    kind: 'edit',
    edits: [{ range: { startLine: line, startColumn: 0, endLine: line + 1, endColumn: 0 }, text: '' }],
  };
}

/** Where a member stands: the last of its name, which is the one that counts. */
export function memberOf({ members }: LintedLine, name: string): JsonMember | undefined {
  return members.findLast((member) => member.name === name);
}

export function rangeOfValue(line: LintedLine, name: string): TextRange {
  return rangeOf(line, memberOf(line, name)?.valueRange);
}

export function rangeOfName(line: LintedLine, name: string): TextRange {
  return rangeOf(line, memberOf(line, name)?.nameRange);
}

/** The same finding, so many lines further down. */
export function movedBy(found: LintFinding, lines: number): LintFinding {
  if (lines === 0) {
    return found;
  }
  const { range, problem, fix } = found;
  return {
    ...found,
    range: movedRange(range, lines),
    problem: problem.kind === 'severalLines' ? { ...problem, lastLine: problem.lastLine + lines } : problem,
    fix:
      fix?.kind === 'edit'
        ? { ...fix, edits: fix.edits.map((edit) => ({ ...edit, range: movedRange(edit.range, lines) })) }
        : fix,
  };
}

function movedRange(range: TextRange, lines: number): TextRange {
  return { ...range, startLine: range.startLine + lines, endLine: range.endLine + lines };
}
