import { counted } from '../counted.js';
import { bytesSource } from '../../manifest/byteSource.js';
import { isObject } from '../../json.js';
import { formatS3Uri, type S3Uri } from '../../s3Uri.js';
import { labelAttributeNameProblem } from '../../labels/labelAttributeName.js';
import { readTrainingFacts } from '../../training/trainingFacts.js';
import { type Check, failing, ok, type Outcome, warning } from '../check.js';
import type { Examination } from '../examination.js';
import { fileFix, newFileFix } from '../fileFix.js';
import { jobFix } from '../jobFix.js';
import type { JobObjects } from '../jobObjects.js';
import { tooLargeToFix, withoutLines } from '../manifestFix.js';
import { isWhole, readBeginning, type ReadFile } from '../readFile.js';

const suffix = '-metadata';

/** What a job would really send to workers: objects that have its label already are passed over. */
export const chainCount: Check = {
  id: 'job.chain.count',
  stage: 5,
  title: 'How many objects would be labeled',
  async run(examination, signal) {
    const { job } = examination;
    const objects = job && !job.created ? await examination.objects(signal).catch(() => undefined) : undefined;
    if (!job || !objects?.manifest) {
      return [];
    }
    const { lines } = objects;
    const labeled = lines.filter(({ value }) => Object.hasOwn(value, job.labelAttributeName)).length;
    const open = lines.length - labeled;
    const where = `Label attribute name "${job.labelAttributeName}"`;
    const beginning = isWhole(objects.manifest) ? '' : 'Of the beginning of the manifest, which is what was read: ';
    if (lines.length > 0 && open === 0 && beginning !== '') {
      return [warning(where, `${beginning}all objects (${labeled}) have this label already, and are passed over.`)];
    }
    if (lines.length > 0 && open === 0) {
      return [failing(where, `All objects (${labeled}) have this label already: there would be nothing to label.`)];
    }
    const other = labeled === 0 ? earlierAttribute(examination, objects) : undefined;
    if (other === undefined) {
      const passed = labeled > 0 ? `; the others have this label already and are passed over` : '';
      return [ok(where, `${beginning}${open} of ${lines.length} objects would be sent to workers${passed}.`)];
    }
    const fix = jobFix(examination, `Go on with "${other.name}"`, { labelAttributeName: other.name });
    return [
      warning(
        where,
        `${beginning}${other.count} of ${lines.length} objects have labels at "${other.name}". Under another name all ${lines.length} would be labeled again; under that one, ${lines.length - other.count}.`,
        { ...(fix && { fix }) },
      ),
    ];
  },
};

/** The label that most lines have, and not all: a job that all lines are through with is no one to go on with. */
function earlierAttribute(
  { taskType }: Examination,
  { lines }: JobObjects,
): { readonly name: string; readonly count: number } | undefined {
  const counts = new Map<string, number>();
  for (const { value } of lines) {
    for (const key of Object.keys(value)) {
      const name = key.slice(0, -suffix.length);
      if (key.endsWith(suffix) && Object.hasOwn(value, name) && isObject(value[key])) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
  }
  const [most] = [...counts]
    .filter(([name, count]) => count < lines.length && labelAttributeNameProblem(name, taskType) === undefined)
    .toSorted(([, one], [, another]) => another - one);
  return most && { name: most[0], count: most[1] };
}

/** A training job is refused, at its cost, for one line that has no label. */
export const trainManifest: Check = {
  id: 'train.manifest',
  stage: 9,
  title: 'Whether the results can be trained on',
  async run(examination, signal) {
    const { job } = examination;
    const output = job?.created?.outputManifest;
    if (!job || !output || job.created?.status !== 'Completed') {
      return [];
    }
    const made = trainingManifest(output);
    const { objects } = examination.services;
    const uri = (await objects.headObject(made, signal)) ? made : output;
    const file = await readBeginning(objects, uri, signal);
    const bad: number[] = [];
    const facts = await readTrainingFacts(
      { source: bytesSource(file.bytes), attribute: job.labelAttributeName },
      (event) => {
        if (event.kind === 'skipped') {
          bad.push(event.line);
        }
      },
      signal,
    );
    const where = formatS3Uri(uri);
    if (facts.task === undefined) {
      return [ok(where, 'No built-in algorithm of SageMaker learns from such labels as they are.')];
    }
    if (bad.length === 0) {
      return [
        ok(
          where,
          `${isWhole(file) ? `All ${facts.samples} lines` : `The first ${facts.samples} lines, which is what was read of them,`} can be trained on: AttributeNames ["source-ref", "${job.labelAttributeName}"], num_classes ${facts.classes}, num_training_samples ${facts.samples}.`,
        ),
      ];
    }
    return [unfit(examination, { file, bad, made })];
  },
};

function trainingManifest({ bucket, key }: S3Uri): S3Uri {
  return { bucket, key: `${key.slice(0, key.lastIndexOf('/') + 1)}training.manifest` };
}

interface Unfit {
  readonly file: ReadFile;
  readonly bad: readonly number[];
  readonly made: S3Uri;
}

/** The results stay as they are: the lines that can be trained on go into a manifest beside them. */
function unfit(examination: Examination, { file, bad, made }: Unfit): Outcome {
  const title = 'Write a manifest to train on';
  const cause = `${counted(bad.length, 'line has', 'lines have')} no label that can be trained on (the first is line ${(bad[0] ?? 0) + 1}); SageMaker refuses a whole training job for one of them.`;
  const where = formatS3Uri(file.uri);
  if (!isWhole(file)) {
    return warning(where, cause + tooLargeToFix(file, 'open it, and choose "Split Manifest…", which leaves them out'));
  }
  const after = withoutLines(file.bytes, new Set(bad));
  const fix =
    file.uri.key === made.key
      ? fileFix(examination, { title, file, after })
      : newFileFix(examination, { title, file, after, made, contentType: 'application/jsonlines' });
  return warning(where, cause, { fix });
}
