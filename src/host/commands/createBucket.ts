import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { type BucketNameProblem, bucketNameProblem, suggestBucketName } from '../../core/bucketName.js';
import { awsRegions } from '../../core/regions.js';
import { answered } from '../support/answered.js';
import { allowPages } from '../support/pagesRule.js';
import { withServices } from '../support/withServices.js';
import { withProgress } from '../support/progress.js';
import { askText, type Choice, nextStep, pickOne, tell } from '../support/prompts.js';
import type { Deps } from './deps.js';

export function createBucket(deps: Deps) {
  const { connection } = deps;
  return async (sources?: readonly vscode.Uri[]): Promise<void> => {
    const taken = await bucketNames(connection);
    const name = await askText({
      title: vscode.l10n.t('Create Bucket'),
      prompt:
        connection.kind === 'local'
          ? vscode.l10n.t('A name that no other bucket on this machine has. Press Enter to take the suggested one.')
          : vscode.l10n.t('A name that is unique across all of AWS. Press Enter to take the suggested one.'),
      value: suggestBucketName(userInfo().username, new Date(), taken),
      validate: (text) => problemText(text, taken),
    });
    if (name === undefined || !(await chooseRegion(connection))) {
      return;
    }
    await answered(() => create(deps, name, Array.isArray(sources) ? sources : []));
  };
}

async function create(
  { ledger, buckets, connection }: Deps,
  name: string,
  sources: readonly vscode.Uri[],
): Promise<void> {
  const services = await withProgress(vscode.l10n.t('Creating bucket "{0}"', name), async (signal) => {
    const opened = await ledger.open(signal);
    await opened.services.objects.createBucket(name, signal);
    await opened.record.add([{ kind: 'bucket', name }]);
    return opened.services;
  });
  buckets.refresh();
  const { signal } = new AbortController(); // Whoever is asked answers, and what is confirmed is done.
  const isAllowed = await allowPages(services, { bucket: name, target: await connection.target(signal) }, signal);
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

async function bucketNames(connection: Deps['connection']): Promise<readonly string[]> {
  const title = vscode.l10n.t('Looking for buckets');
  const buckets = await withServices(title, connection, ({ objects }, signal) => objects.listBuckets(signal));
  return buckets.map(({ name }) => name);
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
