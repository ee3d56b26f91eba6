import type { BuiltInTaskType } from '../../labels/builtInFunctions.js';
import { labelingTask } from '../../labels/tasks.js';
import { formatS3Uri, objectName, parseObjectAddress, parseS3Uri, type S3Uri } from '../../s3Uri.js';
import type { LintContext } from './lintContext.js';
import { type LintedLine, finding, memberOf, rangeOf, rangeOfName, rangeOfValue, replacing } from './lintedLine.js';
import type { LintFinding } from './lintFinding.js';
import { isNearly } from './nearName.js';

/** What is wrong with what a line says of its object (reference §3.1). */
export function sourceFindings(line: LintedLine, context: LintContext): readonly LintFinding[] {
  const { value } = line;
  const hasReference = Object.hasOwn(value, 'source-ref');
  const hasText = Object.hasOwn(value, 'source');
  if (!hasReference && !hasText) {
    return [missingSource(line)];
  }
  const findings: LintFinding[] = [];
  if (hasReference && hasText) {
    findings.push(finding({ kind: 'bothSources' }, rangeOfName(line, 'source')));
  }
  const wanted = sourceKeyOf(context.taskType);
  if (wanted !== undefined && !Object.hasOwn(value, wanted)) {
    findings.push(finding({ kind: 'wrongSourceKey', wanted }, rangeOfName(line, hasText ? 'source' : 'source-ref')));
  }
  if (hasText && (typeof value['source'] !== 'string' || value['source'] === '')) {
    findings.push(finding({ kind: 'sourceNotText', key: 'source' }, rangeOfValue(line, 'source')));
  }
  return hasReference ? [...findings, ...referenceFindings(line, context)] : findings;
}

/** The object that the line refers to, where it does so as it must. */
export function referenceOf({ value }: LintedLine): S3Uri | undefined {
  const reference = Object.hasOwn(value, 'source-ref') ? value['source-ref'] : undefined;
  return typeof reference === 'string' ? parseS3Uri(reference) : undefined;
}

function missingSource(line: LintedLine): LintFinding {
  const similar = line.members.filter(
    ({ name }) => /^source[-_. ]?(?:ref|uri)$/iu.test(name) || (isNearly(name, 'source-ref') && isAddress(line, name)),
  );
  const [only, ...others] = similar;
  if (only === undefined || others.length > 0) {
    return finding({ kind: 'noSource' }, rangeOf(line));
  }
  const fix = replacing(line, only.nameRange, '"source-ref"');
  return finding({ kind: 'otherSourceKey', key: only.name }, rangeOf(line, only.nameRange), fix);
}

/** A key may look alike by chance; what it holds does not. */
function isAddress({ value }: LintedLine, name: string): boolean {
  const address = value[name];
  return typeof address === 'string' && parseObjectAddress(address) !== undefined;
}

function sourceKeyOf(taskType: BuiltInTaskType | undefined): 'source-ref' | 'source' | undefined {
  const task = taskType === undefined ? undefined : labelingTask(taskType);
  if (task && 'dataKey' in task) {
    return task.dataKey;
  }
  return taskType === undefined || taskType === 'PassThrough' ? undefined : 'source-ref';
}

function referenceFindings(line: LintedLine, { taskType }: LintContext): readonly LintFinding[] {
  const reference = line.value['source-ref'];
  const range = rangeOfValue(line, 'source-ref');
  if (typeof reference !== 'string') {
    return [finding({ kind: 'sourceNotText', key: 'source-ref' }, range)];
  }
  const uri = parseS3Uri(reference);
  if (!uri) {
    const address = parseObjectAddress(reference);
    const place = memberOf(line, 'source-ref')?.valueRange;
    const fix = address && replacing(line, place, JSON.stringify(formatS3Uri(address)));
    return [finding({ kind: 'notAnS3Uri', uri: reference }, range, fix)];
  }
  if (uri.key === '' || uri.key.endsWith('/')) {
    return [finding({ kind: 'noObject', uri: reference }, range)];
  }
  const findings: LintFinding[] = [];
  const extension = /\.[^./]*$/u.exec(objectName(uri))?.[0] ?? '';
  const allowed = extensionsOf(taskType);
  if (allowed && !allowed.includes(extension.toLowerCase())) {
    findings.push(finding({ kind: 'wrongExtension', extension, allowed }, range));
  }
  if (/%(?:[2-7][0-9a-f]|[c-f][0-9a-f]%[89ab][0-9a-f])/iu.test(uri.key)) {
    findings.push(finding({ kind: 'percentEncoded', uri: reference }, range));
  }
  return findings;
}

const pictures = ['.jpg', '.jpeg', '.png'];
const clips = ['.mp4', '.ogg', '.webm'];
const sequences = ['.json'];

/** Reference §3.1; of a job that is not known, and of custom jobs, any may be right. */
function extensionsOf(taskType: BuiltInTaskType | undefined): readonly string[] | undefined {
  if (taskType === undefined || taskType === 'PassThrough' || taskType.startsWith('Text')) {
    return undefined;
  }
  if (taskType === 'NamedEntityRecognition') {
    return undefined;
  }
  if (taskType === 'VideoMultiClass') {
    return clips;
  }
  // A frame of a point cloud may be named as it likes; sequences of frames are described by a file.
  if (taskType.includes('PointCloud')) {
    return taskType.includes('Tracking') ? sequences : undefined;
  }
  return taskType.includes('Video') ? sequences : pictures;
}
