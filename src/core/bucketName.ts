export type BucketNameProblem = 'length' | 'characters' | 'ends' | 'dots' | 'ipAddress' | 'reserved';

const reservedPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const reservedSuffixes = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** Why S3 would refuse the name, by https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function bucketNameProblem(name: string): BucketNameProblem | undefined {
  if (name.length < 3 || name.length > 63) {
    return 'length';
  }
  if (!/^[a-z0-9.-]+$/u.test(name)) {
    return 'characters';
  }
  if (!/^[a-z0-9].*[a-z0-9]$/u.test(name)) {
    return 'ends';
  }
  if (name.includes('..') || name.includes('.-') || name.includes('-.')) {
    return 'dots';
  }
  if (/^\d+\.\d+\.\d+\.\d+$/u.test(name)) {
    return 'ipAddress';
  }
  const isReserved =
    reservedPrefixes.some((prefix) => name.startsWith(prefix)) ||
    reservedSuffixes.some((suffix) => name.endsWith(suffix));
  return isReserved ? 'reserved' : undefined;
}

/** `ground-truth-labeling-<initials>-<date>`, with a number behind it where that is taken. */
export function suggestBucketName(user: string, today: Date, taken: readonly string[]): string {
  const date = today.toISOString().slice(0, 10).replaceAll('-', '');
  const name = `ground-truth-labeling-${initials(user)}-${date}`;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.includes(candidate)) {
      return candidate;
    }
  }
}

/** `jd` for "Jane Doe" or "jane.doe", `ja` for "jane"; `me` where there is no letter to take. */
function initials(user: string): string {
  const words = user.toLowerCase().match(/[a-z0-9]+/gu) ?? ['me'];
  return words.length > 1
    ? words
        .map(([letter]) => letter)
        .join('')
        .slice(0, 4)
    : (words[0] ?? 'me').slice(0, 2);
}
