import { finding, type LintedLine, rangeOf } from './lintedLine.js';
import type { LintFinding } from './lintFinding.js';

/** Reference §1.7. */
const most = { lineCharacters: 100_000, attributeCharacters: 20_000 };

/** What is wrong with a line's keys, whatever they are, and with how much it holds. */
export function keyFindings(line: LintedLine): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  const characters = line.text.length;
  if (characters > most.lineCharacters) {
    findings.push(finding({ kind: 'longerThanAllowed', characters }, rangeOf(line)));
  }
  const seen = new Set<string>();
  for (const { name: key, nameRange, valueRange } of line.members) {
    if (seen.has(key)) {
      findings.push(finding({ kind: 'keyTwice', key }, rangeOf(line, nameRange)));
    }
    seen.add(key);
    if (key.startsWith('$')) {
      findings.push(finding({ kind: 'dollarKey', key }, rangeOf(line, nameRange)));
    }
    const value = line.value[key];
    const length = typeof value === 'string' ? value.length : valueRange.end - valueRange.start;
    if (length > most.attributeCharacters) {
      findings.push(finding({ kind: 'attributeTooLong', key, characters: length }, rangeOf(line, valueRange)));
    }
  }
  return findings;
}
