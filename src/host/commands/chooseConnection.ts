import * as vscode from 'vscode';
import { awsRegions } from '../../core/regions.js';
import { answered } from '../support/answered.js';
import { type Choice, pickOne, tell } from '../support/prompts.js';
import type { ConnectionChoice } from '../support/switchableConnection.js';
import { withServices } from '../support/withServices.js';
import type { AwsProfile, Deps } from './deps.js';
import { nextLabStep } from './nextLabStep.js';

type Picked = { readonly kind: 'local' } | { readonly kind: 'aws'; readonly profile: AwsProfile };

export function chooseConnection({ connection, awsProfiles }: Deps) {
  return async (): Promise<void> => {
    const choice = await askForConnection(await awsProfiles(), connection.choice);
    if (choice) {
      await answered(() => connect(connection, choice));
    }
  };
}

async function connect(connection: Deps['connection'], choice: ConnectionChoice): Promise<void> {
  await connection.switchTo(choice);
  const title =
    choice.kind === 'local'
      ? vscode.l10n.t('Connecting to Local Ground Truth')
      : vscode.l10n.t('Connecting to AWS with the profile "{0}"', choice.profile);
  const { accountId, next } = await withServices(title, connection, async (services, signal) => ({
    ...(await services.account.identity(signal)),
    next: await nextLabStep(services, signal),
  }));
  tell(
    choice.kind === 'local'
      ? vscode.l10n.t('Connected to Local Ground Truth, on this machine alone.')
      : vscode.l10n.t(
          'Connected to AWS account {0} in {1}. Ground Truth takes no new customers since 30 July 2026: an account that had no labeling job before that may be refused one.',
          accountId,
          choice.region,
        ),
    next,
  );
}

async function askForConnection(
  profiles: readonly AwsProfile[],
  current: ConnectionChoice,
): Promise<ConnectionChoice | undefined> {
  const choices: Choice<Picked>[] = [
    {
      label: vscode.l10n.t('$(device-desktop) Local Ground Truth'),
      description: vscode.l10n.t('on this machine alone, free, nothing to sign in to'),
      ...markedIf(current.kind === 'local'),
      value: { kind: 'local' },
    },
    ...profiles.map((profile) => ({
      label: vscode.l10n.t('$(cloud) AWS: {0}', profile.name),
      ...(profile.region !== undefined && { description: profile.region }),
      ...markedIf(isOf(profile, current)),
      value: { kind: 'aws', profile } as const,
    })),
  ];
  const placeholder =
    profiles.length > 0
      ? vscode.l10n.t('Where buckets, jobs and teams are')
      : vscode.l10n.t('No AWS profile was found; "aws configure" makes one, and it will be listed here');
  const picked = await pickOne(vscode.l10n.t('Choose Connection'), placeholder, choices);
  switch (picked?.kind) {
    case undefined:
      return undefined;
    case 'local':
      return { kind: 'local' };
    case 'aws':
      return askForRegion(picked.profile, current);
  }
}

function isOf({ name }: AwsProfile, choice: ConnectionChoice): choice is ConnectionChoice & { readonly kind: 'aws' } {
  return choice.kind === 'aws' && choice.profile === name;
}

/** The choice that is made now is told apart by more than its place in the list. */
function markedIf(isCurrent: boolean): { readonly detail?: string } {
  return isCurrent ? { detail: vscode.l10n.t('the connection of this workspace now') } : {};
}

async function askForRegion(profile: AwsProfile, current: ConnectionChoice): Promise<ConnectionChoice | undefined> {
  const first = isOf(profile, current) ? current.region : (profile.region ?? 'us-east-1');
  const choices = [first, ...awsRegions.filter((region) => region !== first)].map((region) => ({
    label: region,
    value: region,
  }));
  const placeholder = vscode.l10n.t('The region of your buckets, jobs and teams');
  const region = await pickOne(vscode.l10n.t('Region for "{0}"', profile.name), placeholder, choices);
  return region === undefined ? undefined : { kind: 'aws', profile: profile.name, region };
}
