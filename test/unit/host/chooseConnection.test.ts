import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { LabelingJob, PrivateTeam, Services } from '../../../src/core/ports.js';
import type { AwsProfile } from '../../../src/host/commands/deps.js';
import type { ConnectionChoice } from '../../../src/host/support/switchableConnection.js';
import { accountOf } from '../../support/accountOf.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { user } from '../../support/vscodeModule.js';

describe('choosing a connection', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('lists profiles with where their credentials come from, and those of the environment', async () => {
    const profiles: readonly AwsProfile[] = [
      { name: 'default', region: 'us-east-2', source: 'keys' },
      { name: 'work', source: 'sso' },
    ];
    await choose({ profiles, environment: { region: 'eu-west-1' } });
    assert.deepEqual(user.asked, [
      {
        text: 'Choose Connection',
        choices: [
          '$(device-desktop) Local Ground Truth',
          '$(server) Local Ground Truth, storage elsewhere…',
          '$(cloud) AWS: default',
          '$(cloud) AWS: work',
          '$(cloud) AWS: environment variables',
        ],
      },
    ]);
  });

  const choices: readonly {
    readonly name: string;
    readonly label: string;
    readonly region: string;
    readonly made: ConnectionChoice;
  }[] = [
    {
      name: 'a profile, first with its own region',
      label: '$(cloud) AWS: work',
      region: 'eu-west-1',
      made: { kind: 'aws', profile: 'work', region: 'eu-west-1' },
    },
    {
      name: 'the environment’s credentials, which have no profile',
      label: '$(cloud) AWS: environment variables',
      region: 'us-east-1',
      made: { kind: 'aws', region: 'us-east-1' },
    },
  ];
  for (const { name, label, region, made } of choices) {
    it(`makes it of ${name}`, async () => {
      user.answers = ({ text, choices: [first = ''] }) =>
        text === 'Choose Connection' ? label : text.startsWith('Region for') ? first : undefined;
      const { switchedTo } = await choose({
        profiles: [{ name: 'work', region: 'eu-west-1', source: 'keys' }],
        environment: {},
      });
      assert.deepEqual([switchedTo, user.asked[1]?.choices[0]], [[made], region]);
    });
  }

  const accounts: readonly {
    readonly name: string;
    readonly services: Partial<Services>;
    readonly says: RegExp;
    readonly choices: readonly string[];
  }[] = [
    {
      name: 'has labeling jobs',
      services: groundTruth({ jobs: 2 }),
      says: /account 123456789012 in eu-west-1\. It uses Ground Truth: 2 labeling jobs are there\.$/u,
      choices: ['Create Bucket…'],
    },
    {
      name: 'has a team alone',
      services: groundTruth({ teams: 1 }),
      says: /private team and no labeling job yet/u,
      choices: ['Create Bucket…'],
    },
    {
      name: 'has nothing of Ground Truth',
      services: groundTruth({}),
      says: /takes no new customers/u,
      choices: ['Use Local Ground Truth', 'Create Bucket…'],
    },
    {
      name: 'is refused',
      services: groundTruth({
        error: new Failure('aws.refused', { action: 'a', name: 'AnyException', reason: 'Not for this account' }),
      }),
      says: /cannot be used with it: Not for this account\. The whole lab runs on this machine/u,
      choices: ['Use Local Ground Truth'],
    },
    {
      name: 'may not be looked at',
      services: groundTruth({ error: new Failure('aws.accessDenied', { action: 'sagemaker:List', resource: '*' }) }),
      says: /nobody can say whether/u,
      choices: ['Create Bucket…', 'Use Local Ground Truth'],
    },
  ];
  for (const { name, services, says, choices: offered } of accounts) {
    it(`says of an account that ${name} whether it can use Ground Truth`, async () => {
      await choose({ services, given: { kind: 'aws', profile: 'work', region: 'eu-west-1' } });
      const [told] = user.asked;
      assert.match(told?.text ?? '', says);
      assert.deepEqual(told?.choices, offered);
    });
  }

  it('leads from an account that cannot use Ground Truth to this machine', async () => {
    user.answers = ({ choices: [first] }) => first;
    await choose({ services: groundTruth({}), given: { kind: 'aws', profile: 'work', region: 'eu-west-1' } });
    assert.deepEqual(user.ran, [{ command: 'groundTruth.chooseConnection', args: [{ kind: 'local' }] }]);
  });
});

interface Given {
  readonly profiles?: readonly AwsProfile[];
  readonly environment?: { readonly region?: string };
  readonly services?: Partial<Services>;
  readonly given?: ConnectionChoice;
}

async function choose({ profiles = [], environment, services = groundTruth({}), given }: Given) {
  const { chooseConnection } = await import('../../../src/host/commands/chooseConnection.js');
  const { deps } = await hostDeps(services);
  const switchedTo: ConnectionChoice[] = [];
  Object.assign(deps.connection, { switchTo: async (choice: ConnectionChoice) => void switchedTo.push(choice) });
  await chooseConnection({ ...deps, awsProfiles: async () => profiles, awsEnvironment: () => environment })(given);
  return { switchedTo };
}

function groundTruth({
  jobs = 0,
  teams = 0,
  error,
}: {
  readonly jobs?: number;
  readonly teams?: number;
  readonly error?: Error;
}): Partial<Services> {
  const list =
    <T>(items: readonly T[]) =>
    async (): Promise<readonly T[]> => {
      if (error) {
        throw error;
      }
      return items;
    };
  return {
    account: accountOf('123456789012'),
    objects: { listBuckets: async () => [] } as unknown as Services['objects'],
    labelingJobs: { list: list(Array.from({ length: jobs }, () => ({ status: 'Completed' }) as LabelingJob)) } as never,
    privateTeams: { list: list(Array.from({ length: teams }, () => ({}) as PrivateTeam)) } as never,
  };
}
