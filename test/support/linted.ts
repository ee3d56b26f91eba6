import type { JsonObject } from '../../src/core/json.js';
import { bytesSource } from '../../src/core/manifest/byteSource.js';
import type { LintContext } from '../../src/core/manifest/lint/lintContext.js';
import type { LintFinding, TextEdit, TextRange } from '../../src/core/manifest/lint/lintFinding.js';
import { lintManifest } from '../../src/core/manifest/lint/lintManifest.js';
import { never } from './exported.js';

export async function lint(manifest: string | Uint8Array, context: LintContext = {}): Promise<readonly LintFinding[]> {
  const bytes = typeof manifest === 'string' ? new TextEncoder().encode(manifest) : manifest;
  const findings: LintFinding[] = [];
  for await (const step of lintManifest(bytesSource(bytes), context, never)) {
    if (step.kind === 'finding') {
      findings.push(step.finding);
    }
  }
  return findings;
}

export function linesOf(...lines: readonly (JsonObject | string)[]): string {
  return lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
}

/** The text within a range, as an editor has it. */
export function textIn(manifest: string, range: TextRange): string {
  const text = withoutMark(manifest);
  return text.slice(...offsets(text, range));
}

/** The manifest as an editor would have it after the fix. */
export function fixed(manifest: string, { fix }: LintFinding): string {
  switch (fix?.kind) {
    case 'edit':
      return applied(withoutMark(manifest), fix.edits);
    case 'removeByteOrderMark':
      return withoutMark(manifest);
    case 'useLineFeeds':
      return manifest.replaceAll('\r\n', '\n');
    case undefined:
      return manifest;
  }
}

/** The text after edits that do not touch each other. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  return edits.toReversed().reduce((changed: string, edit: TextEdit) => {
    const [start, end] = offsets(changed, edit.range);
    return changed.slice(0, start) + edit.text + changed.slice(end);
  }, text);
}

function offsets(text: string, range: TextRange): [start: number, end: number] {
  return [offsetOf(text, range.startLine, range.startColumn), offsetOf(text, range.endLine, range.endColumn)];
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 0; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) {
      return text.length;
    }
    start = end + 1;
  }
  return start + column;
}

function withoutMark(manifest: string): string {
  return manifest.replace(/^\uFEFF/u, '');
}
