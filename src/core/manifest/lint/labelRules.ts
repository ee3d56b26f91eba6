import { MalformedLabel } from '../../export/labelMembers.js';
import { withinPicture } from '../../export/marks.js';
import { type ObjectLabel, readObjectLabel } from '../../export/objectLabel.js';
import { isObject, type JsonObject, type JsonValue } from '../../json.js';
import type { BuiltInTaskType } from '../../labels/builtInFunctions.js';
import { labelAttributeNameProblem } from '../../labels/labelAttributeName.js';
import { metadataSuffix } from '../lineReading.js';
import type { LintContext } from './lintContext.js';
import { finding, type LintedLine, memberOf, rangeOfName, rangeOfValue, replacing } from './lintedLine.js';
import type { LintFinding, LintProblem } from './lintFinding.js';
import { confidenceFindings, nearMetadata, timeFindings } from './metadataRules.js';

/** What is wrong with the labels that a line has, whether of this job or of earlier ones (reference §5). */
export function labelFindings(line: LintedLine, context: LintContext): readonly LintFinding[] {
  const names = new Set(line.members.map(({ name }) => name));
  const attributes = [...names]
    .filter((name) => name.endsWith(metadataSuffix) && name.length > metadataSuffix.length)
    .map((name) => name.slice(0, -metadataSuffix.length))
    // A frame of a point cloud has metadata of its source.
    .filter((attribute) => attribute !== 'source-ref' && attribute !== 'source');
  const findings = [...attributes.flatMap((attribute) => attributeFindings(line, attribute)), ...nearMetadata(line)];
  const { labelAttributeName: own } = context;
  if (own !== undefined && names.has(own)) {
    findings.push(finding({ kind: 'alreadyLabeled', attribute: own }, rangeOfName(line, own)));
    if (!names.has(`${own}${metadataSuffix}`)) {
      findings.push(finding({ kind: 'metadataMissing', attribute: own }, rangeOfName(line, own)));
    }
  }
  return findings;
}

function attributeFindings(line: LintedLine, attribute: string): readonly LintFinding[] {
  const name = `${attribute}${metadataSuffix}`;
  const metadata = line.value[name];
  if (!isObject(metadata)) {
    return [finding({ kind: 'metadataNotAnObject', attribute }, rangeOfValue(line, name))];
  }
  const failureReason = metadata['failure-reason'];
  if (typeof failureReason === 'string') {
    return [finding({ kind: 'failedObject', attribute, failureReason }, rangeOfValue(line, name))];
  }
  if (!Object.hasOwn(line.value, attribute)) {
    return [finding({ kind: 'labelMissing', attribute }, rangeOfName(line, name))];
  }
  return [
    ...nameFindings(line, attribute, metadata),
    ...missingMembers(metadata).map((member) =>
      finding({ kind: 'metadataMemberMissing', attribute, member }, rangeOfValue(line, name)),
    ),
    ...timeFindings(line, attribute, metadata),
    // What custom jobs and other tools call a confidence is theirs.
    ...(labelTypeOf(metadata) ? confidenceFindings(line, attribute, metadata) : []),
    ...valueFindings(line, attribute, metadata),
  ];
}

interface LabelType {
  /** One of the task types that make such labels. */
  readonly taskType: BuiltInTaskType;
  readonly members: readonly string[];
}

const always = ['human-annotated', 'creation-date', 'job-name'];
const oneClass = [...always, 'class-name', 'confidence'];
const manyClasses = [...always, 'class-map', 'confidence-map'];

/** By the `type` of their metadata, without `groundtruth/`. */
const labelTypes: ReadonlyMap<string, LabelType> = new Map([
  ['image-classification', { taskType: 'ImageMultiClass', members: oneClass }],
  ['image-classification-multilabel', { taskType: 'ImageMultiClassMultiLabel', members: manyClasses }],
  ['text-classification', { taskType: 'TextMultiClass', members: oneClass }],
  ['text-classification-multilabel', { taskType: 'TextMultiClassMultiLabel', members: manyClasses }],
  ['object-detection', { taskType: 'BoundingBox', members: [...always, 'objects', 'class-map'] }],
  ['semantic-segmentation', { taskType: 'SemanticSegmentation', members: [...always, 'internal-color-map'] }],
  ['text-span', { taskType: 'NamedEntityRecognition', members: [...always, 'entities'] }],
  ['label-verification', { taskType: 'VerificationBoundingBox', members: oneClass }],
  ['video-object-detection', { taskType: 'VideoObjectDetection', members: always }],
  ['video-object-tracking', { taskType: 'VideoObjectTracking', members: always }],
  ['point_cloud_object_detection', { taskType: '3DPointCloudObjectDetection', members: always }],
  ['point_cloud_object_tracking', { taskType: '3DPointCloudObjectTracking', members: always }],
  ['point_cloud_single_frame_semantic_segmentation', { taskType: '3DPointCloudSemanticSegmentation', members: always }],
]);

/** `undefined` for custom jobs, whose labels may be anything, and for labels of other tools. */
function labelTypeOf(metadata: JsonObject): LabelType | undefined {
  const { type } = metadata as { readonly type?: unknown };
  return typeof type === 'string' ? labelTypes.get(type.replace(/^groundtruth\//iu, '')) : undefined;
}

function missingMembers(metadata: JsonObject): readonly string[] {
  if (typeof metadata['type'] !== 'string') {
    return ['type'];
  }
  return labelTypeOf(metadata)?.members.filter((member) => !Object.hasOwn(metadata, member)) ?? [];
}

const mostNameCharacters = 127;

function nameFindings(line: LintedLine, attribute: string, metadata: JsonObject): readonly LintFinding[] {
  const range = rangeOfName(line, attribute);
  const problem = labelAttributeNameProblem(attribute, labelTypeOf(metadata)?.taskType);
  return [
    ...(problem ? [finding({ kind: 'labelAttributeName', attribute, problem }, range)] : []),
    ...(attribute.length > mostNameCharacters
      ? [finding({ kind: 'labelAttributeTooLong', attribute, most: mostNameCharacters }, range)]
      : []),
  ];
}

function valueFindings(line: LintedLine, attribute: string, metadata: JsonObject): readonly LintFinding[] {
  const value = line.value[attribute];
  const range = rangeOfValue(line, attribute);
  const taskType = labelTypeOf(metadata)?.taskType;
  const isOneClass = taskType === 'ImageMultiClass' || taskType === 'TextMultiClass';
  if (isOneClass && typeof value === 'string' && /^(?:0|[1-9][0-9]{0,8})$/u.test(value)) {
    const fix = replacing(line, memberOf(line, attribute)?.valueRange, value);
    return [finding({ kind: 'indexIsText', attribute }, range, fix)];
  }
  if (isOneClass && typeof value === 'string') {
    return [finding({ kind: 'indexIsName', attribute }, range)];
  }
  try {
    const label = readObjectLabel(line.value, attribute);
    return [...unnamedClasses(attribute, value, metadata), ...labelProblems(line, attribute, label)].map((problem) =>
      finding(problem, range),
    );
  } catch (error) {
    if (error instanceof MalformedLabel) {
      return [finding({ kind: 'malformedLabel', attribute, member: error.member }, range)];
    }
    throw error;
  }
}

/** Indexes of classes that the metadata has no name for; each once. */
function unnamedClasses(attribute: string, value: JsonValue | undefined, metadata: JsonObject): readonly LintProblem[] {
  const names = metadata['class-map'];
  if (!isObject(names)) {
    return []; // Told as missing where it must be there.
  }
  const annotations = isObject(value) ? value['annotations'] : undefined;
  const ids = Array.isArray(value)
    ? value
    : Array.isArray(annotations)
      ? annotations.map((annotation: JsonValue) => (isObject(annotation) ? annotation['class_id'] : undefined))
      : [];
  const unnamed = ids
    .filter((id): id is string | number => typeof id === 'number' || typeof id === 'string')
    .map(String)
    .filter((id) => !Object.hasOwn(names, id));
  return Array.from(new Set(unnamed), (classId) => ({ kind: 'classUnnamed', attribute, classId }));
}

function labelProblems({ value: line }: LintedLine, attribute: string, label: ObjectLabel): readonly LintProblem[] {
  const metadata = line[`${attribute}${metadataSuffix}`];
  const told = (name: string): JsonValue | undefined => (isObject(metadata) ? metadata[name] : undefined);
  switch (label.form) {
    case 'marks':
      return [
        ...confidenceProblems(attribute, label.marks.length, told('objects')),
        ...label.marks.flatMap((mark, index): readonly LintProblem[] => {
          const isWithin = mark.shape !== 'box' || !label.size || isSame(withinPicture(mark, label.size), mark);
          return isWithin ? [] : [{ kind: 'markOutside', attribute, mark: index }];
        }),
      ];
    case 'spans': {
      const { source } = line as { readonly source?: unknown };
      const characters = typeof source === 'string' ? Array.from(source).length : Number.POSITIVE_INFINITY;
      return [
        ...confidenceProblems(attribute, label.spans.length, told('entities')),
        ...label.spans.flatMap(({ end }, span): readonly LintProblem[] =>
          end > characters ? [{ kind: 'spanOutside', attribute, span }] : [],
        ),
      ];
    }
    case 'class':
    case 'classes':
    case 'mask':
    case 'other':
      return [];
  }
}

function confidenceProblems(attribute: string, marks: number, list: JsonValue | undefined): readonly LintProblem[] {
  return Array.isArray(list) && list.length !== marks
    ? [{ kind: 'confidenceCount', attribute, marks, confidences: list.length }]
    : [];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function isSame(part: Size | undefined, whole: Size): boolean {
  return part !== undefined && part.width === whole.width && part.height === whole.height;
}
