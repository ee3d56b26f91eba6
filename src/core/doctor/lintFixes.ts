import type { LintFix, TextEdit } from '../manifest/lint/lintFinding.js';

/** The manifest's text after the fixes: edits of which one lies over another are left for the next look. */
export function withLintFixes(text: string, fixes: readonly LintFix[]): string {
  const edits = fixes.flatMap((fix) => (fix.kind === 'edit' ? fix.edits : []));
  const starts = lineStarts(text);
  const offset = (line: number, column: number) => Math.min((starts[line] ?? text.length) + column, text.length);
  const places = edits
    .map(({ range, text: inserted }: TextEdit) => ({
      start: offset(range.startLine, range.startColumn),
      end: offset(range.endLine, range.endColumn),
      inserted,
    }))
    .toSorted((one, other) => one.start - other.start);
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, inserted } of places) {
    if (start >= from) {
      parts.push(text.slice(from, start), inserted);
      from = end;
    }
  }
  const edited = parts.join('') + text.slice(from);
  return fixes.some(({ kind }) => kind === 'useLineFeeds') ? edited.replaceAll('\r\n', '\n') : edited;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}
