import { counted } from '../counted.js';
import { bytesSource } from '../../manifest/byteSource.js';
import type { LintFinding } from '../../manifest/lint/lintFinding.js';
import { lintManifest } from '../../manifest/lint/lintManifest.js';
import type { LintKind } from '../../manifest/lint/lintReport.js';
import { formatS3Uri } from '../../s3Uri.js';
import { type Check, failing, ok, type Outcome } from '../check.js';
import { reasonOf } from '../reasonOf.js';
import { Failure } from '../../failure.js';
import type { Examination } from '../examination.js';
import type { JobObjects } from '../jobObjects.js';
import { lintWords } from '../lintWords.js';
import { fileFix } from '../fileFix.js';
import { leaveOut, lintFix, tooLargeToFix, withoutLines } from '../manifestFix.js';
import { isWhole, mostManifestBytes, type ReadFile } from '../readFile.js';
import { shownSize } from '../shownSize.js';
import type { CommandLine, Fix, Status } from '../report.js';

/** Whether there is something to label, and what is wrong with the manifest that names it. */
export const manifestLint: Check = {
  id: 'mf.lint',
  stage: 5,
  title: 'The manifest',
  async run(examination, signal) {
    const { input } = examination.subject;
    if (!input) {
      return [];
    }
    const where = input.kind === 'manifest' ? formatS3Uri(input.uri) : `s3://${input.bucket}/${input.prefix}`;
    let objects: JobObjects | undefined;
    try {
      objects = await examination.objects(signal);
    } catch (error) {
      if (!Failure.is(error, 'object.notFound') && !Failure.is(error, 'bucket.notFound')) {
        throw error;
      }
      return [failing(where, `${reasonOf(error)} Choose another, or write it again.`, { id: 'mf.missing' })];
    }
    if (!objects?.manifest) {
      const count = objects?.pictures.length ?? 0;
      return [
        count > 0
          ? ok(
              where,
              `${counted(count, 'picture is', 'pictures are')} in the folder; the manifest is made of them with the job.`,
            )
          : failing(where, 'There are no JPEG or PNG files in the folder, so there is nothing to label.', {
              id: 'mf.empty',
            }),
      ];
    }
    return lint(examination, { ...objects, manifest: objects.manifest }, where, signal);
  },
};

/** More than one look shows are told of when these are gone. */
const mostFindings = 1_000;

async function lint(
  examination: Examination,
  { manifest, lines }: JobObjects & { readonly manifest: ReadFile },
  where: string,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const commands = [examination.aws('s3', 'cp', where, '-')];
  const found: LintFinding[] = [];
  const { taskType, job } = examination;
  const context = {
    ...(taskType !== undefined && { taskType }),
    ...(job && { labelAttributeName: job.labelAttributeName }),
  };
  for await (const step of lintManifest(bytesSource(manifest.bytes), context, signal)) {
    if (step.kind === 'finding') {
      found.push(step.finding);
    }
    if (found.length >= mostFindings) {
      break;
    }
  }
  const outcomes: Outcome[] = [];
  for (const [kind, ofKind] of kindsOf(found)) {
    const mended = await lintFix(examination, manifest, { context, kinds: new Set([kind]) }, signal);
    const fix = mended ?? (ofItsLine.has(kind) ? withoutTheLines(examination, manifest, ofKind) : undefined);
    const way = ofKind.some((finding) => finding.fix) ? saveFixedCopy : ofItsLine.has(kind) ? leaveOut : undefined;
    outcomes.push({
      id: `mf.${kind}`,
      status: statusOf(ofKind[0]),
      where: `${where}, line ${(ofKind[0]?.range.startLine ?? 0) + 1}`,
      cause: causeOf(ofKind) + (way === undefined ? '' : tooLargeToFix(manifest, way)),
      commands,
      ...(fix && { fix }),
    });
  }
  return [...outcomes, ...summary({ manifest, lines }, outcomes.length === 0, { where, commands })];
}

/** What nobody but its author could mend, and what is wrong with its own line alone: the job can do without that. */
const ofItsLine: ReadonlySet<LintKind> = new Set([
  'notJson',
  'notAnObject',
  'notUtf8',
  'longerThanAllowed',
  'attributeTooLong',
  'dollarKey',
  'noSource',
  'sourceNotText',
  'notAnS3Uri',
  'noObject',
  'wrongExtension',
] as const);

function withoutTheLines(
  examination: Examination,
  manifest: ReadFile,
  ofKind: readonly LintFinding[],
): Fix | undefined {
  const lines = new Set(ofKind.map(({ range }) => range.startLine));
  const after = withoutLines(manifest.bytes, lines);
  // A manifest that has no line as it should be is another file, or wants its author.
  return isWhole(manifest) && after.length > 0
    ? fileFix(examination, { title: `Leave out ${counted(lines.size, 'line')}`, file: manifest, after })
    : undefined;
}

const saveFixedCopy = 'open it, and choose "Save Fixed Copy As…"';

function summary(
  { manifest, lines }: Pick<JobObjects, 'lines'> & { readonly manifest: ReadFile },
  isClean: boolean,
  { where, commands }: Pick<Outcome, 'where'> & { readonly commands: readonly CommandLine[] },
): readonly Outcome[] {
  if (manifest.bytes.length === 0 && manifest.totalBytes > 0) {
    const cause = `Its first line is longer than ${shownSize(mostManifestBytes)}: Ground Truth takes 100,000 characters.`;
    return [failing(where, cause, { id: 'mf.tooLong', commands })];
  }
  if (lines.length === 0) {
    const cause = 'The manifest has no line that names an object.';
    return isClean ? [failing(where, cause, { id: 'mf.empty', commands })] : [];
  }
  if (isWhole(manifest)) {
    const named = counted(lines.length, 'line names', 'lines name');
    return [ok(where, `${named} an object${isClean ? ', and nothing is wrong' : ''}.`, commands)];
  }
  const read = `The first ${shownSize(manifest.bytes.length)} of ${shownSize(manifest.totalBytes)} were read, which is ${lines.length} lines with objects, and some pieces of the rest for their pictures`;
  return [ok(where, `${read}. Open the manifest, and choose "Check Manifest" to have every line checked.`, commands)];
}

/** What is merely worth knowing is no matter of the doctor's: a chained job’s labels have a check of their own. */
function kindsOf(found: readonly LintFinding[]): ReadonlyMap<LintKind, readonly LintFinding[]> {
  const kinds = new Map<LintKind, LintFinding[]>();
  for (const finding of found) {
    if (finding.severity !== 'information' || finding.problem.kind === 'carriageReturns') {
      kinds.set(finding.problem.kind, [...(kinds.get(finding.problem.kind) ?? []), finding]);
    }
  }
  return kinds;
}

function statusOf(finding: LintFinding | undefined): Status {
  return finding?.severity === 'error' ? 'error' : 'warning';
}

function causeOf(ofKind: readonly LintFinding[]): string {
  const [first] = ofKind;
  const words = first ? lintWords(first.problem) : '';
  const others = ofKind.length > 1 ? ` ${counted(ofKind.length - 1, 'other is', 'others are')} like it.` : '';
  return `The line ${words}.${others}`.replace('..', '.');
}
