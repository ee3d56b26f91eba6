import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';

/**
 * Why there is nothing to accept, and what can be decided instead: a class only where there are `classes` to choose from.
 * `undefined` where there is a label: that nothing is in a picture is one, too.
 */
export function nothingToAccept({ label }: ManifestRow, classes: readonly string[]): string | undefined {
  if (label && label.state !== 'failed') {
    return undefined;
  }
  const reason = label ? 'Labeling this object failed: there is no label to accept.' : 'There is no label to accept.';
  return classes.length === 0
    ? `${reason} Flag the object or comment on it.`
    : `${reason} Give the object a class, flag it or comment on it.`;
}

/** The class of a label that has a single one. */
export function ownClass({ label }: ManifestRow): string | undefined {
  const classes = label?.classes ?? [];
  return classes.length === 1 ? classes[0]?.name : undefined;
}
