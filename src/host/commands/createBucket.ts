import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { type BucketNameProblem, bucketNameProblem, suggestBucketName } from '../../core/bucketName.js';
import { keeping } from '../../core/lab/labKeeper.js';
import type { LabResource } from '../../core/lab/labResources.js';
import { awsRegions } from '../../core/regions.js';
import { answered } from '../support/answered.js';
import type { LabRecord } from '../support/ledger.js';
import { allowPages } from '../support/pagesRule.js';
import { withProgress } from '../support/progress.js';
import { askText, type Choice, nextStep, pickOne, tell } from '../support/prompts.js';
import type { Deps } from './deps.js';

export function createBucket(deps: Deps) {
  const { connection } = deps;
  return async (sources?: readonly vscode.Uri[]): Promise<void> => {
    const { taken, begun } = await bucketNames(deps);
    const name = await askText({
      title: vscode.l10n.t('Create Bucket'),
      prompt:
        connection.kind === 'local'
          ? vscode.l10n.t('A name that no other bucket on this machine has. Press Enter to take the suggested one.')
          : vscode.l10n.t('A name that is unique across all of AWS. Press Enter to take the suggested one.'),
      value: begun ?? suggestBucketName(userInfo().username, new Date(), taken),
      validate: (text) => problemText(text, taken),
    });
    if (name === undefined || !(await chooseRegion(connection))) {
      return;
    }
    await answered(() => create(deps, name, Array.isArray(sources) ? sources : []));
  };
}

async function create(
  { ledger, buckets, connection, questions }: Deps,
  name: string,
  sources: readonly vscode.Uri[],
): Promise<void> {
  const isAllowed = await withProgress(vscode.l10n.t('Creating bucket "{0}"', name), async (signal) => {
    const { services, record } = await ledger.open(signal);
    const { objects } = services;
    const resource: LabResource = { kind: 'bucket', name };
    const wasBegun = begunBuckets(record).includes(name);
    const outcome = await keeping(record, resource, () => objects.createBucket(name, signal));
    const isOurs = outcome === 'made' || wasBegun;
    const denied = isOurs ? await objects.tagBucket(name, record.tags, signal) : undefined;
    const target = await connection.target(signal);
    const mayRead = await allowPages(services, { bucket: name, target, questions }, signal);
    // One that was there before, though no list had it, is not ours to delete.
    await (isOurs ? record.made(resource, denied) : record.remove(resource));
    return mayRead;
  }).finally(() => buckets.refresh()); // Whatever failed after it, the bucket may be there.
  const node = { kind: 'bucket', bucket: { name } } as const;
  if (sources.length > 0) {
    await vscode.commands.executeCommand('groundTruth.uploadImages', node, sources);
    return;
  }
  tell(
    isAllowed
      ? vscode.l10n.t('Bucket "{0}" is ready. Next: pictures to label.', name)
      : vscode.l10n.t(
          'Bucket "{0}" is there, without the CORS rule: creating a labeling job asks for it again. Next: pictures to label.',
          name,
        ),
    nextStep(vscode.l10n.t('Get Sample Images'), 'groundTruth.getSampleImages'),
    nextStep(vscode.l10n.t('Upload Images…'), 'groundTruth.uploadImages', node),
  );
}

interface BucketNames {
  readonly taken: readonly string[];
  /** One of our own that was begun, and cut short: it is completed under its name. */
  readonly begun?: string;
}

async function bucketNames({ ledger }: Deps): Promise<BucketNames> {
  return withProgress(vscode.l10n.t('Looking for buckets'), async (signal) => {
    const { services, record } = await ledger.open(signal);
    const there = (await services.objects.listBuckets(signal)).map(({ name }) => name);
    const begun = begunBuckets(record);
    const [first] = begun;
    return { taken: there.filter((name) => !begun.includes(name)), ...(first !== undefined && { begun: first }) };
  });
}

function begunBuckets(record: LabRecord): readonly string[] {
  return record
    .entries()
    .flatMap(({ resource, isBegun }) => (isBegun === true && resource.kind === 'bucket' ? resource.name : []));
}

/** A bucket, its jobs and their role must be in one region, so another region is another connection. */
async function chooseRegion(connection: Deps['connection']): Promise<boolean> {
  const { choice } = connection;
  if (choice.kind === 'local') {
    return true; // There is one region on this machine.
  }
  const others = awsRegions.filter((region) => region !== choice.region);
  const choices: Choice<string>[] = [
    { label: choice.region, description: vscode.l10n.t('the region of this connection'), value: choice.region },
    ...others.map((region) => ({ label: region, value: region })),
  ];
  const placeholder = vscode.l10n.t('Another region becomes the region of the connection too');
  const region = await pickOne(vscode.l10n.t('Region of the Bucket'), placeholder, choices);
  if (region !== undefined && region !== choice.region) {
    await connection.switchTo({ ...choice, region });
  }
  return region !== undefined;
}

function problemText(name: string, taken: readonly string[]): string | undefined {
  if (taken.includes(name)) {
    return vscode.l10n.t('You have a bucket "{0}" already.', name);
  }
  const problem = bucketNameProblem(name);
  return problem && problemTexts[problem]();
}

const problemTexts: { readonly [Problem in BucketNameProblem]: () => string } = {
  length: () => vscode.l10n.t('Bucket names have 3 to 63 characters.'),
  characters: () => vscode.l10n.t('Only lower-case letters, digits, hyphens and dots can be in a bucket name.'),
  ends: () => vscode.l10n.t('A bucket name starts and ends with a letter or a digit.'),
  dots: () => vscode.l10n.t('A dot in a bucket name stands between letters or digits.'),
  ipAddress: () => vscode.l10n.t('A bucket name cannot look like an IP address.'),
  reserved: () => vscode.l10n.t('AWS keeps names that start or end like this to itself.'),
};
