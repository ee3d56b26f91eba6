import { createHmac } from 'node:crypto';

/** What shows that a caller has the data folder's key, without telling the key to whoever listens at the address. */
export function ownerToken({ secretAccessKey }: { readonly secretAccessKey: string }): string {
  return createHmac('sha256', secretAccessKey).update('Local Ground Truth: members').digest('base64url');
}
