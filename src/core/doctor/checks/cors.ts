import { type Check, ok, type Outcome } from '../check.js';
import type { Examination } from '../examination.js';
import { pagesChange, pagesFix } from '../pagesRule.js';

/** Without it browsers show workers no pictures, or pictures that are turned another way than the labels. */
export const cors: Check = {
  id: 's3.cors',
  stage: 3,
  title: 'The CORS rules of the buckets with pictures',
  async run(examination, signal) {
    const buckets = await examination.pictureBuckets(signal);
    return Promise.all(buckets.map((bucket) => bucketOutcome(examination, bucket, signal)));
  },
};

async function bucketOutcome(examination: Examination, bucket: string, signal: AbortSignal): Promise<Outcome> {
  const { services, place, subject } = examination;
  const change = pagesChange(await services.probes.corsRules(bucket, signal), place.region);
  const where = `s3://${bucket}`;
  const look = [examination.aws('s3api', 'get-bucket-cors', '--bucket', bucket)];
  if (!change) {
    return ok(where, 'Workers’ pages may read the pictures of this bucket.', look);
  }
  if (isMendedByCreation(examination)) {
    return ok(where, 'Creating the labeling job adds the CORS rule that workers’ pages need.', look);
  }
  const cause =
    change.kind === 'exposes'
      ? 'A CORS rule lets workers’ pages read the pictures, but does not expose "Access-Control-Allow-Origin", which Ground Truth has asked for since browsers turn pictures by their EXIF data.'
      : 'The bucket has no CORS rule that lets workers’ pages read its pictures: image tasks will fail. The rules that are there stay.';
  return {
    ...(change.kind === 'exposes' && { id: 's3.cors.shape' }),
    status: subject.input === undefined ? 'warning' : 'error',
    where,
    cause,
    fix: pagesFix(services, bucket, change, (...command) => examination.aws(...command)),
  };
}

function isMendedByCreation({ job, subject }: Examination): boolean {
  return job?.templateText !== undefined && subject.input !== undefined;
}
