import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import type { ObjectPage, ObjectStore, Services } from '../../core/ports.js';
import { formatS3Uri, objectName, type S3Uri } from '../../core/s3Uri.js';
import { pickOne, type Choice } from '../support/prompts.js';

export interface ObjectQuestion {
  readonly title: string;
  readonly accepts: (key: string) => boolean;
}

type Step = { readonly kind: 'done'; readonly uri: S3Uri } | { readonly kind: 'look'; readonly place: Place };

interface Place {
  /** An empty bucket: the list of buckets. */
  readonly folder: S3Uri;
  /** What is listed of it already, where there is more. */
  readonly listed?: ObjectPage;
}

/** Goes through buckets and folders until one is chosen; `undefined` where the user chose none. */
export function pickFolder(services: Services, from: S3Uri): Promise<S3Uri | undefined> {
  return walk(vscode.l10n.t('Choose a folder'), folderOf(from), (place) => stepsAt(services, place, undefined));
}

/** Goes through buckets and folders until an object is chosen. */
export function pickObject(services: Services, from: S3Uri, question: ObjectQuestion): Promise<S3Uri | undefined> {
  return walk(question.title, folderOf(from), (place) => stepsAt(services, place, question));
}

async function walk(
  title: string,
  from: S3Uri,
  stepsOf: (place: Place) => Promise<readonly Choice<Step>[]>,
): Promise<S3Uri | undefined> {
  let place: Place = { folder: from };
  for (;;) {
    const steps = await stepsOf(place);
    const { folder } = place;
    const placeholder = folder.bucket === '' ? vscode.l10n.t('Buckets') : formatS3Uri(folder);
    const step = await pickOne(title, placeholder, steps);
    if (step?.kind !== 'look') {
      return step?.uri;
    }
    ({ place } = step);
  }
}

async function stepsAt(
  { objects }: Services,
  { folder, listed }: Place,
  question: ObjectQuestion | undefined,
): Promise<readonly Choice<Step>[]> {
  const { signal } = new AbortController(); // What is listed here is over before anybody could give it up.
  const page = folder.bucket === '' ? undefined : await folderPage(objects, folder, listed, signal);
  if (page === undefined) {
    const buckets = await objects.listBuckets(signal);
    return buckets.map(({ name }) => enter(`$(database) ${name}`, { bucket: name, key: '' }));
  }
  const folders = page.folders.map((key) => {
    const uri = { bucket: folder.bucket, key };
    return enter(`$(folder) ${objectName(uri)}`, uri);
  });
  const up = enter(`$(arrow-up) ${vscode.l10n.t('Up')}`, parentOf(folder));
  const more =
    page.nextToken === undefined ? [] : [look(`$(ellipsis) ${vscode.l10n.t('Load more')}`, { folder, listed: page })];
  if (question === undefined) {
    const here = vscode.l10n.t('Take this folder');
    return [
      { label: `$(check) ${here}`, description: formatS3Uri(folder), value: done(folder) },
      up,
      ...folders,
      ...more,
    ];
  }
  const files = page.objects
    .filter(({ key }) => question.accepts(key))
    .map(({ bucket, key }) => ({ label: `$(file) ${objectName({ bucket, key })}`, value: done({ bucket, key }) }));
  return [...files, ...folders, ...more, up];
}

/** One page more than is listed; `undefined` where the bucket is gone. */
async function folderPage(
  objects: ObjectStore,
  { bucket, key }: S3Uri,
  listed: ObjectPage | undefined,
  signal: AbortSignal,
): Promise<ObjectPage | undefined> {
  const token = listed?.nextToken;
  const request = { bucket, prefix: key, isFolder: true, ...(token !== undefined && { token }) };
  try {
    const page = await objects.listObjects(request, signal);
    return {
      ...page,
      folders: [...(listed?.folders ?? []), ...page.folders],
      objects: [...(listed?.objects ?? []), ...page.objects],
    };
  } catch (error) {
    if (Failure.is(error, 'bucket.notFound')) {
      return undefined;
    }
    throw error;
  }
}

function enter(label: string, folder: S3Uri): Choice<Step> {
  return look(label, { folder });
}

function look(label: string, place: Place): Choice<Step> {
  return { label, value: { kind: 'look', place } };
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
