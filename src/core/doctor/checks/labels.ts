import { counted } from '../counted.js';
import { jobConstraints } from '../../jobs/jobConstraints.js';
import { isObject, type JsonObject, type JsonValue } from '../../json.js';
import { formatS3Uri } from '../../s3Uri.js';
import { type Check, failing, ok, type Outcome, warning } from '../check.js';
import type { Examination } from '../examination.js';
import { fileFix } from '../fileFix.js';
import { cannotChange, jobFix } from '../jobFix.js';
import { listOf } from '../permissions.js';
import { type ReadFile, textOf } from '../readFile.js';
import type { Fix } from '../report.js';

/** AWS's pages give different limits: these are the quota page's, and what workers can do with keys. */
const most = { characters: jobConstraints.labelCharacters, console: 30, keys: jobConstraints.numberKeys };

/** What workers choose from. */
export const labelList: Check = {
  id: 'labels.list',
  stage: 6,
  title: 'The labels',
  async run(examination, signal) {
    const { job } = examination;
    if (!job) {
      return [];
    }
    const written = job.labels ?? (await writtenLabels(examination, signal));
    if (!written) {
      return [];
    }
    const where = job.labelCategories ? formatS3Uri(job.labelCategories) : 'Labels';
    const unique = [...new Set(written)];
    const whole = unique.filter((label) => label.length <= most.characters);
    const outcomes: Outcome[] = [];
    const add = async (outcome: Outcome, title: string, labels: readonly string[]) => {
      const fix = await labelsFix(examination, title, labels, signal);
      outcomes.push({ ...outcome, ...(fix && { fix }) });
    };
    if (unique.length < written.length) {
      const twice = written.find((label, index) => written.indexOf(label) < index) ?? '';
      await add(
        failing(where, `The label "${twice}" is there twice: Ground Truth refuses that.`, { id: 'labels.duplicate' }),
        'Leave out the repeated labels',
        unique,
      );
    }
    if (whole.length < unique.length) {
      const long = unique.find((label) => label.length > most.characters) ?? '';
      const cause = `A label has ${long.length} characters; Ground Truth takes ${most.characters}.`;
      const shortened = unique.map((label) => label.slice(0, most.characters));
      await add(failing(where, cause, { id: 'labels.length' }), 'Shorten the labels', shortened);
    }
    outcomes.push(countOutcome(examination, where, unique.length));
    return outcomes;
  },
};

function countOutcome({ taskType }: Examination, where: string, count: number): Outcome {
  const least = taskType !== undefined && /MultiClass/u.test(taskType) ? jobConstraints.labels.least : 1;
  if (count < least) {
    return failing(where, `There must be at least ${counted(least, 'label')} to choose from.`, { id: 'labels.count' });
  }
  if (count > most.console) {
    return warning(
      where,
      `There are ${count} labels. AWS’s console takes ${most.console}, and workers find few of so many quickly.`,
      { id: 'labels.count' },
    );
  }
  return count > most.keys
    ? warning(where, `There are ${count} labels: only the first ${most.keys} have a number key.`, {
        id: 'labels.count',
      })
    : ok(where, `There are ${count} labels, each with a number key.`);
}

async function writtenLabels(examination: Examination, signal: AbortSignal): Promise<readonly string[] | undefined> {
  const written = await labelConfig(examination, signal);
  return written && listOf(written.config['labels']).flatMap((entry) => labelOf(entry) ?? []);
}

function labelOf(entry: JsonValue): string | undefined {
  const label = isObject(entry) ? entry['label'] : undefined;
  return typeof label === 'string' ? label : undefined;
}

interface LabelFile {
  readonly file: ReadFile;
  readonly text: string;
  readonly config: JsonObject;
}

async function labelConfig(examination: Examination, signal: AbortSignal): Promise<LabelFile | undefined> {
  const uri = examination.job?.labelCategories;
  if (!uri) {
    return undefined;
  }
  const file = await examination.file(uri, signal);
  const text = textOf(file);
  const config = JSON.parse(text.replace(/^\uFEFF/u, '')) as JsonValue;
  return isObject(config) ? { file, text, config } : undefined;
}

/** In the form, or in the file that a request names; of a job that exists, nothing. */
async function labelsFix(
  examination: Examination,
  title: string,
  labels: readonly string[],
  signal: AbortSignal,
): Promise<Fix | undefined> {
  const { job } = examination;
  if (!job || job.created) {
    return undefined;
  }
  if (job.labels) {
    return jobFix(examination, title, { labels });
  }
  const written = await labelConfig(examination, signal);
  if (!written) {
    return undefined;
  }
  const entries = listOf(written.config['labels']);
  const kept = labels.map((label) => ({ ...entryOf(entries, label), label }));
  const after = formattedAs(written.text, { ...written.config, labels: kept });
  return fileFix(examination, { title, file: written.file, after: new TextEncoder().encode(after) });
}

/** On lines of its own where the text is, so that the diff shows what is another, and nothing else. */
function formattedAs(text: string, value: JsonObject): string {
  const indent = /\n([ \t]+)/u.exec(text)?.[1];
  return JSON.stringify(value, undefined, indent) + (text.endsWith('\n') ? '\n' : '');
}

/** With what else the file says of the label. */
function entryOf(entries: readonly JsonValue[], label: string): JsonObject {
  // What was too long is found by its beginning.
  const entry =
    entries.find((candidate) => labelOf(candidate) === label) ??
    entries.find((candidate) => labelOf(candidate)?.startsWith(label) === true);
  return isObject(entry) ? entry : {};
}

const granting = /\{\{[^{}]*\|\s*grant_read_access\s*(?:\|[^{}]*)?\}\}/gu;

/**
 * A signed address has ampersands, which Liquid escapes. An attribute takes the escapes away again; a style sheet or a
 * script does not, and asks S3 for an address that was never signed.
 */
export const templateGrants: Check = {
  id: 'tpl.grant.context',
  stage: 6,
  title: 'The worker task template',
  async run(examination, signal) {
    const { job } = examination;
    const file = job?.template && (await examination.file(job.template, signal));
    const text = job?.templateText ?? (file && textOf(file));
    if (!job || text === undefined) {
      return [];
    }
    const where = job.template ? formatS3Uri(job.template) : 'Worker task template';
    const mended = withRawGrants(text);
    if (mended === text) {
      return [ok(where, 'Every address that it is granted stands where a page can use it.')];
    }
    const cause =
      'In a <style> or <script> element "grant_read_access" gives an address whose "&" is written "&amp;": S3 answers it with 403, and the picture does not show.';
    if (!file || job.created) {
      return [failing(where, `${cause} Add "| skip_autoescape" behind it. ${cannotChange}`)];
    }
    const after = new TextEncoder().encode(mended);
    const fix = fileFix(examination, { title: 'Keep the address as it is', file, after });
    return [failing(where, cause, { fix })];
  },
};

function withRawGrants(template: string): string {
  return template.replaceAll(/<(style|script)\b[^>]*>[^]*?<\/\1\s*>/giu, (element) => {
    const start = element.indexOf('>') + 1; // The tag's own attributes are attributes.
    return (
      element.slice(0, start) +
      element
        .slice(start)
        .replaceAll(granting, (output) =>
          output.includes('skip_autoescape') ? output : output.replace(/\s*\}\}$/u, ' | skip_autoescape }}'),
        )
    );
  });
}
