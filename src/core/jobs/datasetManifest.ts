import { formatS3Uri, type S3Uri } from '../s3Uri.js';

/** The picture formats that Ground Truth's automated data setup takes. */
export function isPicture(key: string): boolean {
  return /\.(?:jpe?g|png)$/iu.test(key);
}

/** `dataset-20240916T010059.manifest`, in UTC, so that two people in two places never overtake each other. */
export function datasetManifestName(now: Date): string {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+Z$/gu, '');
  return `dataset-${time}.manifest`;
}

/** JSON Lines, one picture each, in the order given. */
export function datasetManifestText(pictures: readonly S3Uri[]): string {
  return pictures.map((picture) => `${JSON.stringify({ 'source-ref': formatS3Uri(picture) })}\n`).join('');
}
