import type { Identity } from '../http/services.js';

/** Of a labeling job; the name is in lower case in it, whatever case it was given in. */
export function jobArn({ name }: { readonly name: string }, { region, accountId }: Identity): string {
  return `arn:aws:sagemaker:${region}:${accountId}:labeling-job/${name.toLowerCase()}`;
}
