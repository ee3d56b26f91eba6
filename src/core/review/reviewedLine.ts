import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { metadataSuffix } from '../manifest/lineReading.js';
import { type Attribute, outputLine } from '../manifest/outputManifestLine.js';
import { parseLine } from '../manifest/parseLine.js';
import type { Decision } from './review.js';

/** Where a review goes: into a label attribute of its own, or into a copy whose labels are changed. */
export type ReviewForm =
  { readonly kind: 'attribute'; readonly name: string } | { readonly kind: 'copy'; readonly attribute: string };

export interface ReviewedLabel {
  readonly attribute: string;
  readonly decision: Decision;
  readonly form: ReviewForm;
  /** The numbers of the classes: those that the manifest's labels have, and new ones after them. */
  readonly classIds: ReadonlyMap<string, number>;
  /** As Ground Truth writes it, see `creationDate`. */
  readonly createdAt: string;
}

/**
 * A line with what a reviewer decided of its label; all else stays as it is. The label's members are those of an
 * adjustment (reference §5.3): `adjustment-status` says whether its class was changed, `worker-feedback` has the comment
 * as a verification's does; `review-flag` is ours. One person looked at it, so the confidence is 0, as Ground Truth says
 * of one worker. A label that is neither changed, flagged nor commented stays untouched in an adjusted copy.
 */
export function reviewedLine(text: string, { attribute, decision, form, classIds, createdAt }: ReviewedLabel): string {
  const parsed = parseLine(text);
  const object = parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
  if (!object) {
    return text;
  }
  const metadata = object[attribute + metadataSuffix];
  const told = isObject(metadata) ? metadata : {};
  const isChanged = decision.className !== undefined && decision.className !== told['class-name'];
  if (form.kind === 'copy' && !isChanged && !decision.isFlagged && decision.comment === '') {
    return text;
  }
  const name = form.kind === 'copy' ? form.attribute : form.name;
  const value = isChanged ? classIds.get(decision.className ?? '') : object[attribute];
  const reviewed: readonly Attribute[] = [
    ...(value === undefined ? [] : [{ name, value }]),
    { name: name + metadataSuffix, value: reviewedMetadata(told, decision, { isChanged, createdAt }) },
  ];
  const line = parsed.kind === 'value' && parsed.hasTrailingComma ? JSON.stringify(object) : text;
  return outputLine(line, reviewed);
}

function reviewedMetadata(
  metadata: JsonObject,
  { className, isFlagged, comment }: Decision,
  { isChanged, createdAt }: { readonly isChanged: boolean; readonly createdAt: string },
): JsonObject {
  const { confidence, ...rest } = metadata as Record<string, JsonValue>;
  return {
    ...rest,
    ...(isChanged && className !== undefined
      ? { 'class-name': className, confidence: 0 }
      : confidence !== undefined && { confidence }),
    'human-annotated': 'yes',
    'creation-date': createdAt,
    'adjustment-status': isChanged ? 'adjusted' : 'unadjusted',
    ...(isFlagged && { 'review-flag': 'yes' }),
    ...(comment !== '' && { 'worker-feedback': [{ comment }] }),
  };
}
