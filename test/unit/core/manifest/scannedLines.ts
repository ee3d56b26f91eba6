import { firstList, labelState } from '../../../../src/core/manifest/labelCodes.js';
import type { LabelReading } from '../../../../src/core/manifest/lineReading.js';
import { lineKind } from '../../../../src/core/manifest/manifestColumns.js';
import type { ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';

export function kindOf(document: ManifestDocument, line: number): keyof typeof lineKind {
  const kind = document.columns.kinds.data[line] ?? 0;
  const [name] = Object.entries(lineKind).find(([, value]) => value === kind) ?? [];
  return name as keyof typeof lineKind;
}

/** What the columns say of a line's labels, in the terms in which a parsed line is read. */
export function labelsOf(
  { columns }: ManifestDocument,
  line: number,
): Omit<LabelReading, 'jobName' | 'failureReason'>[] {
  return columns.attributes.flatMap((attribute) => {
    const state = Object.entries(labelState).find(([, value]) => value === (attribute.states.data[line] ?? 0))?.[0];
    if (state === undefined || state === 'unlabeled') {
      return [];
    }
    const confidence = attribute.confidences.data[line] ?? 0;
    const place = attribute.classes.data[line] ?? 0;
    const start = place - firstList;
    const classes =
      place === 0
        ? []
        : place < firstList
          ? [{ name: attribute.classNames.textOf(place - 1), confidence }]
          : Array.from({ length: attribute.lists.data[start] ?? 0 }, (_, index) => ({
              name: attribute.classNames.textOf(attribute.lists.data[start + 1 + index] ?? 0),
              confidence: attribute.listConfidences.data[start + 1 + index] ?? 0,
            }));
    return [
      {
        attribute: attribute.name,
        state: state as LabelReading['state'],
        type: attribute.typeNames.textOf(attribute.types.data[line] ?? 0),
        classes,
        confidence,
        createdAt: attribute.creationTimes.data[line] ?? 0,
      },
    ];
  });
}
