import * as vscode from 'vscode';
import { type Availability, lookForAvailability } from '../../core/lab/availability.js';
import { Failure } from '../../core/failure.js';
import type { Services } from '../../core/ports.js';
import { awsRegions } from '../../core/regions.js';
import { type Storage, storageName } from '../../core/storage.js';
import { answered } from '../support/answered.js';
import { credentialsName } from '../support/credentialNames.js';
import { type Choice, type NextStep, nextStep, pickOne, tell, warn } from '../support/prompts.js';
import type { CredentialSource } from '../support/signIn.js';
import type { AwsChoice, ConnectionChoice } from '../support/switchableConnection.js';
import { withServices } from '../support/withServices.js';
import { askForBuckets, askForStorage } from './askForStorage.js';
import type { AwsProfile, Deps } from './deps.js';
import { nextLabStep } from './nextLabStep.js';

/** Where credentials for AWS may come from, with the region that is named there. */
interface Credentials {
  readonly profile?: string;
  readonly region?: string;
}

type Picked =
  | { readonly kind: 'local' }
  | { readonly kind: 'storage' }
  | { readonly kind: 'aws'; readonly credentials: Credentials };

export function chooseConnection(deps: Deps) {
  return async (given?: ConnectionChoice): Promise<void> => {
    const choice = given?.kind === undefined ? await askForConnection(deps) : given;
    if (choice) {
      await answered(() => connect(deps.connection, choice));
    }
  };
}

async function connect(connection: Deps['connection'], choice: ConnectionChoice): Promise<void> {
  await connection.switchTo(choice);
  if (choice.kind === 'local' && choice.storage) {
    return connectStorage(connection, choice.storage);
  }
  if (choice.kind === 'local') {
    const title = vscode.l10n.t('Connecting to Local Ground Truth');
    const next = await withServices(title, connection, nextLabStep);
    tell(vscode.l10n.t('Connected to Local Ground Truth, on this machine alone.'), next);
    return;
  }
  const title = vscode.l10n.t('Connecting to AWS with {0}', credentialsName(choice.profile));
  const found = await withServices(title, connection, async (services, signal) => {
    // First alone: whoever is signed out is told so once.
    const { accountId } = await services.account.identity(signal);
    const [availability, next] = await Promise.all([
      lookForAvailability(services, signal),
      nextLabStep(services, signal),
    ]);
    return { accountId, availability, next };
  });
  tellOfAccount(found, choice);
}

/** Asks the storage something first: whoever cannot reach it, or has the wrong keys, is told so now. */
async function connectStorage(connection: Deps['connection'], storage: Storage): Promise<void> {
  const name = storageName(storage);
  const title = vscode.l10n.t('Connecting to the storage at "{0}"', name);
  const found = await withServices(title, connection, async (services, signal) => {
    if (await mayListBuckets(services, signal)) {
      return { next: await nextLabStep(services, signal) };
    }
    return 'mayNotList';
  });
  if (found !== 'mayNotList') {
    tell(vscode.l10n.t('Connected to Local Ground Truth, with the storage at "{0}".', name), found.next);
    return;
  }
  const buckets = await askForBuckets(storage);
  if (buckets) {
    await connect(connection, { kind: 'local', storage: { ...storage, buckets } });
  }
}

async function mayListBuckets({ objects }: Services, signal: AbortSignal): Promise<boolean> {
  try {
    await objects.listBuckets(signal);
    return true;
  } catch (error) {
    if (Failure.is(error, 'aws.accessDenied')) {
      return false;
    }
    throw error;
  }
}

interface Found {
  readonly accountId: string;
  readonly availability: Availability;
  readonly next: NextStep;
}

function tellOfAccount({ accountId, availability, next }: Found, { region }: AwsChoice): void {
  const connected = vscode.l10n.t('Connected to AWS account {0} in {1}.', accountId, region);
  const local = nextStep(vscode.l10n.t('Use Local Ground Truth'), 'groundTruth.chooseConnection', { kind: 'local' });
  switch (availability.kind) {
    case 'used':
    case 'prepared':
      tell(`${connected} ${canUse(availability)}`, next);
      return;
    case 'unused':
      warn(
        `${connected} ${vscode.l10n.t('Nothing of Ground Truth is there, and since 30 July 2026 it takes no new customers: AWS may refuse a labeling job. The whole lab runs on this machine, too.')}`,
        local,
        next,
      );
      return;
    case 'refused':
      warn(
        `${connected} ${vscode.l10n.t('Ground Truth cannot be used with it: {0} The whole lab runs on this machine, too.', sentence(availability.reason))}`,
        local,
      );
      return;
    case 'unknown':
      tell(
        `${connected} ${vscode.l10n.t('You may not list its labeling jobs and teams, so nobody can say whether it may use Ground Truth.')}`,
        next,
        local,
      );
  }
}

function canUse(availability: Availability & { readonly kind: 'used' | 'prepared' }): string {
  switch (availability.kind) {
    case 'used':
      return availability.jobs === 1
        ? vscode.l10n.t('It uses Ground Truth: 1 labeling job is there.')
        : vscode.l10n.t('It uses Ground Truth: {0} labeling jobs are there.', availability.jobs);
    case 'prepared':
      return vscode.l10n.t(
        'It has a private team and no labeling job yet. If it never had one before 30 July 2026, AWS may refuse the first.',
      );
  }
}

function sentence(reason: string): string {
  return reason.endsWith('.') ? reason : `${reason}.`;
}

async function askForConnection(deps: Deps): Promise<ConnectionChoice | undefined> {
  const profiles = await deps.awsProfiles();
  const environment = deps.awsEnvironment();
  const current = deps.connection.choice;
  const choices: Choice<Picked>[] = [
    {
      label: vscode.l10n.t('$(device-desktop) Local Ground Truth'),
      description: vscode.l10n.t('on this machine alone, free, nothing to sign in to'),
      ...markedIf(current.kind === 'local' && current.storage === undefined),
      value: { kind: 'local' },
    },
    {
      label: vscode.l10n.t('$(server) Local Ground Truth, storage elsewhere…'),
      description: vscode.l10n.t('labeling here, buckets at AWS, MinIO, Ceph, …'),
      ...markedIf(current.kind === 'local' && current.storage !== undefined),
      value: { kind: 'storage' },
    },
    ...profiles.map((profile) => profileChoice(profile, current)),
    ...(environment ? [environmentChoice(environment, current)] : []),
  ];
  const placeholder =
    profiles.length > 0 || environment
      ? vscode.l10n.t('Where buckets, jobs and teams are')
      : vscode.l10n.t('No AWS profile was found; "aws configure" makes one, and it will be listed here');
  const picked = await pickOne(vscode.l10n.t('Choose Connection'), placeholder, choices);
  switch (picked?.kind) {
    case undefined:
      return undefined;
    case 'local':
      return { kind: 'local' };
    case 'storage': {
      const { keptKeys } = deps;
      const storage = await askForStorage({ profiles, hasEnvironment: environment !== undefined, current, keptKeys });
      return storage && { kind: 'local', storage };
    }
    case 'aws':
      return askForRegion(picked.credentials, current);
  }
}

function profileChoice({ name, region, source }: AwsProfile, current: ConnectionChoice): Choice<Picked> {
  const credentials = { profile: name, ...(region !== undefined && { region }) };
  return {
    label: vscode.l10n.t('$(cloud) AWS: {0}', name),
    description: [region, sourceName(source)].filter((part) => part !== undefined).join(' · '),
    ...markedIf(isOf(credentials, current)),
    value: { kind: 'aws', credentials },
  };
}

function environmentChoice(environment: { readonly region?: string }, current: ConnectionChoice): Choice<Picked> {
  return {
    label: vscode.l10n.t('$(cloud) AWS: environment variables'),
    description: [environment.region, vscode.l10n.t('as they were when VS Code started')].filter(Boolean).join(' · '),
    ...markedIf(isOf(environment, current)),
    value: { kind: 'aws', credentials: environment },
  };
}

function sourceName(source: CredentialSource): string | undefined {
  switch (source) {
    case 'sso':
      return vscode.l10n.t('IAM Identity Center');
    case 'login':
      return vscode.l10n.t('signed in to the console');
    case 'process':
      return vscode.l10n.t('given by a program');
    case 'role':
      return vscode.l10n.t('assumes a role');
    case 'keys':
      return vscode.l10n.t('access keys');
    case 'unknown':
    case 'environment':
      return undefined;
  }
}

function isOf({ profile }: Credentials, choice: ConnectionChoice): choice is AwsChoice {
  return choice.kind === 'aws' && choice.profile === profile;
}

/** The choice that is made now is told apart by more than its place in the list. */
function markedIf(isCurrent: boolean): { readonly detail?: string } {
  return isCurrent ? { detail: vscode.l10n.t('the connection of this workspace now') } : {};
}

async function askForRegion(credentials: Credentials, current: ConnectionChoice): Promise<AwsChoice | undefined> {
  const { profile } = credentials;
  const first = isOf(credentials, current) ? current.region : (credentials.region ?? 'us-east-1');
  const choices = [first, ...awsRegions.filter((region) => region !== first)].map((region) => ({
    label: region,
    value: region,
  }));
  const placeholder = vscode.l10n.t('The region of your buckets, jobs and teams');
  const region = await pickOne(vscode.l10n.t('Region for {0}', credentialsName(profile)), placeholder, choices);
  return region === undefined ? undefined : { kind: 'aws', ...(profile !== undefined && { profile }), region };
}
