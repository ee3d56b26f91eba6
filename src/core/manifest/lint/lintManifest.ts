import type { ByteSource } from '../byteSource.js';
import { objectsOf } from '../manifestObjects.js';
import { type RawLine, readRawLines } from '../rawLines.js';
import type { LintContext } from './lintContext.js';
import type { LintFinding } from './lintFinding.js';
import { lintObject } from './lintObject.js';
import { ManifestRules, objectFacts } from './manifestRules.js';

export type LintStep =
  { readonly kind: 'finding'; readonly finding: LintFinding } | { readonly kind: 'progress'; readonly lines: number };

/**
 * Looks through an input or output manifest line by line. Whoever shows the findings stops when there are enough: a file
 * that is no manifest has one a line.
 */
export async function* lintManifest(
  source: ByteSource,
  context: LintContext,
  signal: AbortSignal,
): AsyncGenerator<LintStep> {
  const whole = new ManifestRules(context);
  const lineEnds: LintFinding[] = [];
  let lines = 0;
  for await (const object of objectsOf(noted(readRawLines(source, signal), whole, lineEnds))) {
    lines = object.line + 1;
    const { findings, read } = lintObject(object, context);
    for (const found of [
      ...lineEnds.splice(0),
      ...findings,
      ...(read ? whole.objectFindings(objectFacts(read, context), () => read) : []),
    ]) {
      yield { kind: 'finding', finding: found };
    }
    if (lines % linesPerProgress === 0) {
      yield { kind: 'progress', lines };
    }
  }
  for (const found of lineEnds) {
    yield { kind: 'finding', finding: found };
  }
  yield { kind: 'progress', lines };
}

const linesPerProgress = 1_000;

async function* noted(
  lines: AsyncIterable<RawLine>,
  rules: ManifestRules,
  findings: LintFinding[],
): AsyncGenerator<RawLine> {
  for await (const line of lines) {
    findings.push(...rules.lineEndFindings(line));
    yield line;
  }
}
