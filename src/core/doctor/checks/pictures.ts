import { counted } from '../counted.js';
import { jsonText } from '../jsonText.js';
import { Failure } from '../../failure.js';
import { formatS3Uri, type S3Uri } from '../../s3Uri.js';
import { ensureUnchanged } from '../changedMeanwhile.js';
import { type Check, failing, ok, type Outcome, warning } from '../check.js';
import { mostPixels } from '../decodePicture.js';
import { deniedOutcome } from '../denied.js';
import { reasonOf } from '../reasonOf.js';
import type { Examination } from '../examination.js';
import { statementsOf, textsOf } from '../permissions.js';
import { leaveOut, tooLargeToFix, withoutObjects } from '../manifestFix.js';
import type { Fix } from '../report.js';
import type { ShownPicture } from '../shownPicture.js';
import { cors } from './cors.js';

/** The real thing: some objects are fetched as a worker's page fetches them. */
export const readable: Check = {
  id: 's3.object.readable',
  stage: 5,
  title: 'Whether workers get the objects',
  async run(examination, signal) {
    const readings = await readSample(examination, signal);
    const failed = readings.filter((reading) => 'error' in reading);
    const missing = failed.filter(({ error }) => isMissing(error)).map(({ uri }) => uri);
    const others = failed.filter(({ error }) => !isMissing(error));
    const outcomes = await Promise.all(others.map((reading) => unreadable(examination, reading, signal)));
    const got = readings.filter((reading) => 'bytes' in reading);
    const withoutHeader = got.find(({ allowOrigin }) => allowOrigin === undefined);
    const told = `${got.length} of ${readings.length} objects were fetched as a worker’s page does it`;
    return [
      ...(missing.length > 0 ? [await missingOutcome(examination, missing, signal)] : []),
      ...outcomes,
      ...(withoutHeader && (await saysCors(examination, signal)) ? [headerOutcome(withoutHeader.uri)] : []),
      ...(got.length > 0 ? [ok(examination.subject.title, `${told}.`)] : []),
    ];
  },
};

type PictureReading = { readonly uri: S3Uri } & ShownPicture;
type Reading = PictureReading | { readonly uri: S3Uri; readonly error: unknown };

/** Whether the rules let pages have the objects; where they do not, that is told already. */
async function saysCors(examination: Examination, signal: AbortSignal): Promise<boolean> {
  const outcomes = await cors.run(examination, signal);
  return examination.job?.templateText === undefined && outcomes.every(({ status }) => status === 'ok');
}

function headerOutcome(uri: S3Uri): Outcome {
  return failing(
    formatS3Uri(uri),
    'The CORS rules of the bucket are right, and S3 gave the object without "Access-Control-Allow-Origin" all the same: a worker’s page would not get it. A rule that was just set may need some seconds.',
    { id: 's3.object.header' },
  );
}

function readSample(examination: Examination, signal: AbortSignal): Promise<readonly Reading[]> {
  return sampleOf(examination, signal).then((sample) =>
    Promise.all(
      sample.map(async (uri): Promise<Reading> => {
        try {
          return { uri, ...(await examination.shownPicture(uri, signal)) };
        } catch (error) {
          signal.throwIfAborted();
          return { uri, error };
        }
      }),
    ),
  );
}

/** A manifest that cannot be read is told of by the check whose matter that is. */
async function sampleOf(examination: Examination, signal: AbortSignal): Promise<readonly S3Uri[]> {
  try {
    return await examination.sample(signal);
  } catch {
    return [];
  }
}

function isMissing(error: unknown): boolean {
  return Failure.is(error, 'object.notFound') || Failure.is(error, 'bucket.notFound');
}

/** Where one of the sample is missing, all are asked for, so that the fix takes out every one of them. */
async function missingOutcome(examination: Examination, seen: readonly S3Uri[], signal: AbortSignal): Promise<Outcome> {
  const objects = await examination.objects(signal);
  const missing =
    objects && objects.pictures.length <= mostHeads ? await allMissing(examination, objects.pictures, signal) : seen;
  const fix = objects && withoutObjects(examination, objects, missing, `Leave out ${counted(missing.length, 'line')}`);
  const [first = { bucket: '', key: '' }] = missing;
  const more = missing.length > 1 ? ` ${missing.length - 1} more of them too.` : '';
  return failing(
    formatS3Uri(first),
    `There is no such object, so its task would show nothing.${more}${tooLargeToFix(objects?.manifest, leaveOut)}`,
    {
      commands: [examination.aws('s3api', 'head-object', '--bucket', first.bucket, '--key', first.key)],
      ...(fix && { fix }),
    },
  );
}

const mostHeads = 2_000;

async function allMissing(examination: Examination, all: readonly S3Uri[], signal: AbortSignal) {
  const found = await Promise.all(
    all.map(async (uri) => ({
      uri,
      head: await examination.services.objects.headObject(uri, signal).catch(() => 'denied'),
    })),
  );
  return found.filter(({ head }) => head === undefined).map(({ uri }) => uri);
}

async function unreadable(
  examination: Examination,
  { uri, error }: { readonly uri: S3Uri; readonly error: unknown },
  signal: AbortSignal,
): Promise<Outcome> {
  const where = formatS3Uri(uri);
  if (!Failure.is(error, 'aws.accessDenied')) {
    return failing(where, reasonOf(error));
  }
  const denied = await deniedOutcome(where, error, examination, signal);
  const fix = await policyFix(examination, uri, signal);
  return fix
    ? failing(where, `The bucket’s own policy denies reading this object, whoever asks.`, { fix })
    : { ...denied, status: 'error' };
}

/** A bucket policy that denies reading outweighs every permission: the fix takes the statement out. */
async function policyFix(examination: Examination, { bucket }: S3Uri, signal: AbortSignal): Promise<Fix | undefined> {
  const policy = await examination.services.probes.bucketPolicy(bucket, signal).catch(() => undefined);
  const statements = policy === undefined ? [] : statementsOf(policy);
  const kept = statements.filter(
    ({ Effect, Action }) =>
      Effect !== 'Deny' || !textsOf(Action).some((action) => /^(?:\*|s3:\*|s3:Get\*|s3:GetObject)$/iu.test(action)),
  );
  if (policy === undefined || kept.length === statements.length) {
    return undefined;
  }
  const before = JSON.parse(policy) as object;
  const after = kept.length === 0 ? undefined : JSON.stringify({ ...before, Statement: kept });
  return {
    title: 'Take the denying statement out',
    fileName: `Policy of ${bucket}.json`,
    before: jsonText(before),
    after: after === undefined ? '' : jsonText(JSON.parse(after)),
    commands: [
      after === undefined
        ? examination.aws('s3api', 'delete-bucket-policy', '--bucket', bucket)
        : examination.aws('s3api', 'put-bucket-policy', '--bucket', bucket, '--policy', after),
    ],
    async apply(applying) {
      const { probes, repairs } = examination.services;
      ensureUnchanged(`policy of ${bucket}`, policy, await probes.bucketPolicy(bucket, applying));
      await repairs.setBucketPolicy(bucket, after, applying);
    },
  };
}

/** Whether what was fetched are pictures that a browser can show and Ground Truth takes. */
export const pictures: Check = {
  id: 'img.decode',
  stage: 5,
  title: 'The pictures',
  async run(examination, signal) {
    const readings = await readPictures(examination, signal);
    const bad = readings.flatMap((reading) => {
      const flaw = flawOf(reading);
      return flaw ? [{ ...reading, ...flaw }] : [];
    });
    const kinds = new Map(bad.map(({ id }) => [id, bad.filter((other) => other.id === id)]));
    const objects = await examination.objects(signal).catch(() => undefined);
    const outcomes = [...kinds].map(([id, ofKind]): Outcome => {
      const left = ofKind.map(({ uri }) => uri);
      const fix = objects && withoutObjects(examination, objects, left, `Leave out ${counted(left.length, 'line')}`);
      const [first = { uri: { bucket: '', key: '' }, cause: '' }] = ofKind;
      const more = ofKind.length > 1 ? ` ${counted(ofKind.length - 1, 'other')} of the sample too.` : '';
      return failing(formatS3Uri(first.uri), first.cause + more + tooLargeToFix(objects?.manifest, leaveOut), {
        id,
        ...(fix && { fix }),
      });
    });
    const good = readings.length - bad.length;
    return good > 0
      ? [...outcomes, ok(examination.subject.title, `${counted(good, 'picture')} of the sample can be shown.`)]
      : outcomes;
  },
};

async function readPictures(examination: Examination, signal: AbortSignal): Promise<readonly PictureReading[]> {
  if (/^(?:Text|Video|3DPoint|Adjustment3D|AdjustmentVideo|Named)/u.test(examination.taskType ?? '')) {
    return [];
  }
  return (await readSample(examination, signal)).flatMap((reading) => ('bytes' in reading ? [reading] : []));
}

function flawOf({ bytes, decoded }: ShownPicture): { readonly id: string; readonly cause: string } | undefined {
  switch (decoded?.kind) {
    case undefined:
      return {
        id: 'img.bytes',
        cause: `The file has ${Math.round(bytes / 1024 / 1024)} MB; Ground Truth takes 40 MB.`,
      };
    case 'otherType':
      return {
        id: 'img.type',
        cause: `${decoded.type === undefined ? 'This is no picture' : `This is a picture of the type ${decoded.type}`}; Ground Truth takes JPEG and PNG. Convert it, or leave it out.`,
      };
    case 'damaged':
      return {
        id: 'img.decode',
        cause: `This picture cannot be shown: ${decoded.reason}. Upload it again, or leave it out.`,
      };
    case 'picture':
      return decoded.width * decoded.height > mostPixels
        ? {
            id: 'img.pixels',
            cause: `The picture has ${decoded.width} × ${decoded.height} pixels; Ground Truth takes 100 million.`,
          }
        : undefined;
  }
}

/** Browsers turn such pictures, and label tools have long got that wrong. */
export const exif: Check = {
  id: 'img.exif',
  stage: 5,
  title: 'Pictures that are stored turned',
  async run(examination, signal) {
    const readings = await readPictures(examination, signal);
    const turned = readings.filter(({ orientation }) => orientation !== 1);
    if (readings.length === 0) {
      return [];
    }
    const [first] = turned;
    if (!first) {
      return [ok(examination.subject.title, 'No picture of the sample is turned by its EXIF data.')];
    }
    const count = `${turned.length} of ${readings.length} pictures of the sample are stored turned, and say so in their EXIF data`;
    const where = formatS3Uri(first.uri);
    if (!/BoundingBox|Segmentation/u.test(examination.taskType ?? '')) {
      return [
        ok(
          where,
          `${count}: workers see them upright, and the classes are right either way. Training must turn them too.`,
        ),
      ];
    }
    const objects = await examination.objects(signal);
    const left = turned.map(({ uri }) => uri);
    const fix = objects && withoutObjects(examination, objects, left, `Leave out ${counted(left.length, 'line')}`);
    return [
      warning(
        where,
        `${count}. Workers see them upright, and the coordinates of what they draw are those of the stored pixels: whatever reads the labels must not turn the pictures, or turn the labels too. Store them upright, or leave them out.${tooLargeToFix(objects?.manifest, leaveOut)}`,
        { ...(fix && { fix }) },
      ),
    ];
  },
};
