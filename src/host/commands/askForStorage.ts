import * as vscode from 'vscode';
import { awsRegions } from '../../core/regions.js';
import {
  endpointProblem,
  type KeySource,
  type Storage,
  type StorageKeys,
  type StorageLocation,
  storageName,
} from '../../core/storage.js';
import type { KeptKeys } from '../support/keptKeys.js';
import { askSecret, askText, type Choice, pickOne } from '../support/prompts.js';
import type { ConnectionChoice } from '../support/switchableConnection.js';
import type { AwsProfile } from './deps.js';

export interface StorageQuestions {
  readonly profiles: readonly AwsProfile[];
  readonly hasEnvironment: boolean;
  readonly current: ConnectionChoice;
  readonly keptKeys: KeptKeys;
}

const title = () => vscode.l10n.t('Storage Elsewhere');

/** Asks where the store is and where its keys come from; what is entered of them goes into the store of secrets. */
export async function askForStorage(questions: StorageQuestions): Promise<Storage | undefined> {
  const { current } = questions;
  const before = current.kind === 'local' ? current.storage : undefined;
  const location = await askForLocation(before);
  const keys = location && (await askForKeys(location, questions));
  return location && keys && { ...location, keys };
}

/** For keys that may not list the buckets of their account. */
export async function askForBuckets(location: StorageLocation): Promise<readonly string[] | undefined> {
  const text = await askText({
    title: title(),
    prompt: vscode.l10n.t(
      'The keys may not list the buckets of "{0}". Name those that you use, with commas between them.',
      storageName(location),
    ),
    validate: (typed) => (bucketsIn(typed).length > 0 ? undefined : vscode.l10n.t('Name at least one bucket')),
  });
  return text === undefined ? undefined : bucketsIn(text);
}

function bucketsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/u).filter((name) => name !== ''))];
}

async function askForLocation(before: Storage | undefined): Promise<StorageLocation | undefined> {
  const choices: Choice<StorageLocation | 'amazon' | 'other'>[] = [
    ...(before ? [{ label: storageName(before), description: vscode.l10n.t('as it is now'), value: before }] : []),
    {
      label: vscode.l10n.t('Amazon S3'),
      description: vscode.l10n.t('your own bucket at AWS'),
      value: 'amazon' as const,
    },
    {
      label: vscode.l10n.t('Another store that speaks S3'),
      description: vscode.l10n.t('MinIO, Ceph, Garage, …'),
      value: 'other' as const,
    },
  ];
  const picked = await pickOne(title(), vscode.l10n.t('Where buckets are, while labeling stays here'), choices);
  switch (picked) {
    case undefined:
      return undefined;
    case 'amazon':
      return askForAmazon(before);
    case 'other':
      return askForEndpoint(before);
    default: {
      const { endpoint, region, addressing } = picked;
      return { ...(endpoint !== undefined && { endpoint }), region, addressing };
    }
  }
}

async function askForAmazon(before: Storage | undefined): Promise<StorageLocation | undefined> {
  const first = before?.endpoint === undefined && before ? before.region : 'us-east-1';
  const choices = [first, ...awsRegions.filter((region) => region !== first)].map((region) => ({
    label: region,
    value: region,
  }));
  const region = await pickOne(title(), vscode.l10n.t('The region of your buckets'), choices);
  return region === undefined ? undefined : { region, addressing: 'virtualHosted' };
}

async function askForEndpoint(before: Storage | undefined): Promise<StorageLocation | undefined> {
  const endpoint = await askText({
    title: title(),
    prompt: vscode.l10n.t('The address of its S3 API. With "http:", pictures and labels are not encrypted on the way.'),
    placeholder: 'https://minio.example.org:9000',
    ...(before?.endpoint !== undefined && { value: before.endpoint }),
    validate: endpointText,
  });
  if (endpoint === undefined) {
    return undefined;
  }
  const region = await askText({
    title: title(),
    prompt: vscode.l10n.t('Its region: "us-east-1" where nobody has given it another'),
    value: before?.region ?? 'us-east-1',
    validate: (text) =>
      /^[\w-]+$/u.test(text) ? undefined : vscode.l10n.t('Letters, digits and hyphens, such as "us-east-1"'),
  });
  const addressing = region === undefined ? undefined : await askForAddressing(new URL(endpoint));
  return region === undefined || addressing === undefined
    ? undefined
    : { endpoint: new URL(endpoint).origin, region, addressing };
}

async function askForAddressing({ protocol, host }: URL): Promise<StorageLocation['addressing'] | undefined> {
  return pickOne(title(), vscode.l10n.t('How it wants its buckets to be addressed'), [
    {
      label: vscode.l10n.t('In the path'),
      description: `${protocol}//${host}/my-bucket/…`,
      value: 'path' as const,
    },
    {
      label: vscode.l10n.t('In the host name'),
      description: `${protocol}//my-bucket.${host}/…`,
      value: 'virtualHosted' as const,
    },
  ]);
}

function endpointText(text: string): string | undefined {
  switch (endpointProblem(text)) {
    case undefined:
      return undefined;
    case 'noUrl':
    case 'notHttp':
      return vscode.l10n.t('An address that begins with "https://" or "http://"');
    case 'more':
      return vscode.l10n.t('The host and port alone, without a path, a user or a query');
  }
}

type KeyChoice = KeySource | 'enter' | 'forget';

async function askForKeys(location: StorageLocation, questions: StorageQuestions): Promise<KeySource | undefined> {
  const { profiles, hasEnvironment, keptKeys } = questions;
  const name = storageName(location);
  const enter: Choice<KeyChoice> = {
    label: vscode.l10n.t('$(key) Enter an access key…'),
    description: vscode.l10n.t("kept in this machine's store of secrets"),
    value: 'enter',
  };
  const kept: Choice<KeyChoice> = {
    label: vscode.l10n.t('$(key) The access key that was entered before'),
    value: { kind: 'kept' },
  };
  const forget: Choice<KeyChoice> = {
    label: vscode.l10n.t('$(trash) Forget the access key that was entered before'),
    value: 'forget',
  };
  const ofAws = profiles.map(({ name: profile }): Choice<KeyChoice> => ({
    label: vscode.l10n.t('$(account) AWS profile: {0}', profile),
    value: { kind: 'profile', profile },
  }));
  const environment: Choice<KeyChoice> = {
    label: vscode.l10n.t('$(account) AWS environment variables'),
    description: vscode.l10n.t('as they were when VS Code started'),
    value: { kind: 'environment' },
  };
  const isKept = await keptKeys.has(location);
  const picked = await pickOne(title(), vscode.l10n.t('Where the keys of "{0}" come from', name), [
    ...(isKept ? [kept] : []),
    enter,
    ...ofAws,
    ...(hasEnvironment ? [environment] : []),
    ...(isKept ? [forget] : []),
  ]);
  if (picked === 'forget') {
    await keptKeys.forget(location);
    return askForKeys(location, questions);
  }
  if (picked !== 'enter') {
    return picked;
  }
  const keys = await askForAccessKey(name);
  if (keys === undefined) {
    return undefined;
  }
  await keptKeys.keep(location, keys);
  return { kind: 'kept' };
}

async function askForAccessKey(name: string): Promise<StorageKeys | undefined> {
  const accessKeyId = await askText({
    title: title(),
    prompt: vscode.l10n.t('The access key ID for "{0}"', name),
    validate: needed,
  });
  const secretAccessKey =
    accessKeyId === undefined
      ? undefined
      : await askSecret({ title: title(), prompt: vscode.l10n.t('The secret access key of it'), validate: needed });
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    return undefined;
  }
  if (!accessKeyId.startsWith('ASIA')) {
    return { accessKeyId, secretAccessKey };
  }
  // Keys of AWS that begin so are good for some hours, and only with their token.
  const sessionToken = await askSecret({
    title: title(),
    prompt: vscode.l10n.t('The session token of it'),
    validate: needed,
  });
  return sessionToken === undefined ? undefined : { accessKeyId, secretAccessKey, sessionToken };
}

function needed(text: string): string | undefined {
  return text === '' ? vscode.l10n.t('It cannot be empty') : undefined;
}
