import { isObject, type JsonObject } from '../json.js';
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
  /** Of the manifest's other labels, for an object that has none: `groundtruth/image-classification`. */
  readonly type: string | undefined;
  /** As Ground Truth writes it, see `creationDate`. */
  readonly createdAt: string;
}

/**
 * A line with what a reviewer decided of its label; all else stays as it is. The label's members are those of an
 * adjustment (reference §5.3): `adjustment-status` says whether its class was changed, `worker-feedback` has the comment
 * as a verification's does; `review-flag` is ours. One person looked at it, so the confidence is 0, as Ground Truth says
 * of one worker. Of a label that is only flagged or commented nothing else is changed. A label that is neither changed, flagged nor commented stays untouched in an adjusted copy.
 */
export function reviewedLine(text: string, reviewed: ReviewedLabel): string {
  const { attribute, decision, form, classIds } = reviewed;
  const parsed = parseLine(text);
  const object = parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
  if (!object) {
    return text;
  }
  const metadata = object[attribute + metadataSuffix];
  const told = isObject(metadata) ? metadata : {};
  const className = changedClass(decision, told);
  if (form.kind === 'copy' && className === undefined && !decision.isFlagged && decision.comment === '') {
    return text;
  }
  const name = form.kind === 'copy' ? form.attribute : form.name;
  const value = className === undefined ? object[attribute] : classIds.get(className);
  const attributes: readonly Attribute[] = [
    ...(value === undefined ? [] : [{ name, value }]),
    { name: name + metadataSuffix, value: reviewedMetadata(told, className, reviewed) },
  ];
  const line = parsed.kind === 'value' && parsed.hasTrailingComma ? JSON.stringify(object) : text;
  return outputLine(line, attributes);
}

/** `undefined` where the label stays what it is. */
function changedClass({ verdict }: Decision, told: JsonObject): string | undefined {
  return verdict?.kind === 'changed' && verdict.className !== told['class-name'] ? verdict.className : undefined;
}

function reviewedMetadata(
  metadata: JsonObject,
  className: string | undefined,
  { decision: { verdict, isFlagged, comment }, form, type, createdAt }: ReviewedLabel,
): JsonObject {
  const told = className === undefined ? metadata : changedMetadata(metadata, className, type);
  return {
    ...(form.kind === 'copy' ? told : without(told, ofReviews)),
    ...(verdict && { 'human-annotated': 'yes' }),
    ...((verdict ?? form.kind === 'attribute') && { 'creation-date': createdAt }),
    ...(verdict && { 'adjustment-status': className === undefined ? 'unadjusted' : 'adjusted' }),
    ...(isFlagged && { 'review-flag': 'yes' }),
    ...(comment !== '' && { 'worker-feedback': [{ comment }] }),
  };
}

const ofFailure: ReadonlySet<string> = new Set(['failure-reason', 'retry-count']);
/** A label attribute of its own says nothing of an earlier review, or a verification, that stands beside it. */
const ofReviews: ReadonlySet<string> = new Set(['review-flag', 'worker-feedback']);

/** An object whose labeling failed (reference §5.4) is a labeled one when a reviewer has told its class. */
function changedMetadata(metadata: JsonObject, className: string, type: string | undefined): JsonObject {
  const kept = without(metadata, ofFailure);
  return { ...(type !== undefined && { type }), ...kept, 'class-name': className, confidence: 0 };
}

function without(metadata: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => !names.has(name)));
}
