import { Failure } from '../failure.js';

/** Of a fix that was not done: what it was to change is not what was shown. */
export function changedMeanwhile(what: string, cause?: unknown): Failure {
  return new Failure('fix.outdated', { what }, { cause });
}

/**
 * For what AWS has no conditional call for: asked for once more right before it is written, and compared with what the
 * diff showed, whatever the order of members.
 */
export function ensureUnchanged(what: string, shown: unknown, now: unknown): void {
  if (canonical(shown) !== canonical(now)) {
    throw changedMeanwhile(what);
  }
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
        : inner,
    ) ?? ''
  );
}
