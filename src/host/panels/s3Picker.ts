import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import type { ObjectStore, Services } from '../../core/ports.js';
import { formatS3Uri, objectName, type S3Uri } from '../../core/s3Uri.js';
import { pickOne, type Choice } from '../support/prompts.js';

export interface ObjectQuestion {
  readonly title: string;
  readonly accepts: (key: string) => boolean;
}

type Step =
  | { readonly kind: 'done'; readonly uri: S3Uri }
  /** An empty bucket: the list of buckets. */
  | { readonly kind: 'enter'; readonly folder: S3Uri };

/** Goes through buckets and folders until one is chosen; `undefined` where the user chose none. */
export function pickFolder(services: Services, from: S3Uri): Promise<S3Uri | undefined> {
  return walk(vscode.l10n.t('Choose a folder'), folderOf(from), (folder) => folderSteps(services, folder, undefined));
}

/** Goes through buckets and folders until an object is chosen. */
export function pickObject(services: Services, from: S3Uri, question: ObjectQuestion): Promise<S3Uri | undefined> {
  return walk(question.title, folderOf(from), (folder) => folderSteps(services, folder, question));
}

async function walk(
  title: string,
  from: S3Uri,
  stepsIn: (folder: S3Uri) => Promise<readonly Choice<Step>[]>,
): Promise<S3Uri | undefined> {
  let folder = from;
  for (;;) {
    const steps = await stepsIn(folder);
    const placeholder = folder.bucket === '' ? vscode.l10n.t('Buckets') : formatS3Uri(folder);
    const step = await pickOne(title, placeholder, steps);
    if (step?.kind !== 'enter') {
      return step?.uri;
    }
    ({ folder } = step);
  }
}

async function folderSteps(
  { objects }: Services,
  folder: S3Uri,
  question: ObjectQuestion | undefined,
): Promise<readonly Choice<Step>[]> {
  const { signal } = new AbortController(); // What is listed here is over before anybody could give it up.
  const page = folder.bucket === '' ? undefined : await folderPage(objects, folder, signal);
  if (page === undefined) {
    const buckets = await objects.listBuckets(signal);
    return buckets.map(({ name }) => enter(`$(database) ${name}`, { bucket: name, key: '' }));
  }
  const folders = page.folders.map((key) => {
    const uri = { bucket: folder.bucket, key };
    return enter(`$(folder) ${objectName(uri)}`, uri);
  });
  const up = enter(`$(arrow-up) ${vscode.l10n.t('Up')}`, parentOf(folder));
  if (question === undefined) {
    const here = vscode.l10n.t('Take this folder');
    return [{ label: `$(check) ${here}`, description: formatS3Uri(folder), value: done(folder) }, up, ...folders];
  }
  const files = page.objects
    .filter(({ key }) => question.accepts(key))
    .map(({ bucket, key }) => ({ label: `$(file) ${objectName({ bucket, key })}`, value: done({ bucket, key }) }));
  return [...files, ...folders, up];
}

/** `undefined` where the bucket is gone. */
async function folderPage(objects: ObjectStore, { bucket, key }: S3Uri, signal: AbortSignal) {
  try {
    return await objects.listObjects({ bucket, prefix: key, isFolder: true }, signal);
  } catch (error) {
    if (Failure.is(error, 'bucket.notFound')) {
      return undefined;
    }
    throw error;
  }
}

function enter(label: string, folder: S3Uri): Choice<Step> {
  return { label, value: { kind: 'enter', folder } };
}

function done(uri: S3Uri): Step {
  return { kind: 'done', uri };
}

/** The folder that an object or a folder lies in, or is. */
function folderOf({ bucket, key }: S3Uri): S3Uri {
  return { bucket, key: key.slice(0, key.lastIndexOf('/') + 1) };
}

function parentOf({ bucket, key }: S3Uri): S3Uri {
  return key === '' ? { bucket: '', key: '' } : folderOf({ bucket, key: key.slice(0, -1) });
}
