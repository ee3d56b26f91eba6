/** Labels that failed, by the reason that the manifest gives. */
export interface FailureGroups {
  readonly failed: number;
  /** The most frequent ones first. */
  readonly groups: readonly FailureGroup[];
  /** How many are of reasons that are not in `groups`, because nobody could look at so many. */
  readonly others: number;
}

interface FailureGroup {
  readonly reason: string;
  readonly count: number;
  /** The first line of it. */
  readonly line: number;
}

const mostGroups = 100;
const longestReason = 600;
const address = /\b(?:s3|https?):\/\/[^\s"'<>]+/giu;
const identifier = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu;

/** The reason without what names one object only: what is the same for all objects that failed so. */
export function failureGroup(reason: string): string {
  const said = reason.replaceAll(address, '…').replaceAll(identifier, '…').replaceAll(/\s+/gu, ' ').trim();
  return said.length > longestReason ? `${said.slice(0, longestReason)}…` : said;
}

export function groupFailures(reasons: ReadonlyMap<number, string>): FailureGroups {
  const groups = new Map<string, { count: number; readonly line: number }>();
  for (const [line, reason] of reasons) {
    const group = groups.get(reason);
    if (group) {
      group.count++;
    } else {
      groups.set(reason, { count: 1, line });
    }
  }
  const all = Array.from(groups, ([reason, group]) => ({ reason, ...group })).toSorted(
    (a, b) => b.count - a.count || a.line - b.line,
  );
  return {
    failed: reasons.size,
    groups: all.slice(0, mostGroups),
    others: all.slice(mostGroups).reduce((sum, { count }) => sum + count, 0),
  };
}
