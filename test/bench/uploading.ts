import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { LocalServer, Services } from '../../src/core/ports.js';
import { upload, type UploadFile, type UploadOutcome } from '../../src/core/uploads/upload.js';
import { awsCommand } from '../support/awsCli.js';

const { signal } = new AbortController();

export interface Pictures {
  readonly folder: string;
  readonly names: readonly string[];
}

export async function writePictures(folder: string, count: number, bytes: number): Promise<Pictures> {
  const names = Array.from({ length: count }, (_, index) => `${index}.jpg`);
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    await writeFile(join(folder, name), randomBytes(bytes));
  }
  return { folder, names };
}

/** As the extension does it. */
export async function uploadOurs(
  { objects }: Services,
  { folder, names }: Pictures,
  bucket: string,
): Promise<UploadOutcome> {
  const files = names.map((name): UploadFile => {
    return { key: name, read: () => readFile(join(folder, name)) };
  });
  return upload({ objects, bucket, files, md5, onProgress: () => {} }, signal);
}

export async function uploadWithAwsCli(server: LocalServer, { folder }: Pictures, bucket: string): Promise<void> {
  const args = [
    's3',
    'cp',
    '--recursive',
    '--only-show-errors',
    '--endpoint-url',
    server.endpoint,
    folder,
    `s3://${bucket}/`,
  ];
  await promisify(execFile)(awsCommand, args, {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: server.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
      AWS_DEFAULT_REGION: server.region,
      AWS_CONFIG_FILE: join(folder, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    },
  });
}

/** The ETag of each object, by its key. */
export async function etagsOf({ objects }: Services, bucket: string): Promise<ReadonlyMap<string, string>> {
  const etags = new Map<string, string>();
  let token: string | undefined;
  do {
    const page = await objects.listObjects({ bucket, ...(token !== undefined && { token }) }, signal);
    for (const { key, etag = '' } of page.objects) {
      etags.set(key, etag.replaceAll('"', ''));
    }
    token = page.nextToken;
  } while (token !== undefined);
  return etags;
}

export function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
