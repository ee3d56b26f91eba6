import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failure.js';
import type { LabResource } from '../../../../src/core/lab/labResources.js';
import { surveyLab } from '../../../../src/core/lab/labSurvey.js';
import { labTags, type Tags } from '../../../../src/core/lab/labTags.js';
import type { LedgerEntry } from '../../../../src/core/lab/ledgerEntries.js';
import type { LabelingJobs, PrivateTeams } from '../../../../src/core/ports.js';

const { signal } = new AbortController();
const workforce: LabResource = { kind: 'workforce', name: 'default' };
const begunPool: LedgerEntry = { resource: { kind: 'userPool' }, isBegun: true };
const begunWorkforce: LedgerEntry = { resource: workforce, isBegun: true };

describe('looking at what is left of the lab', () => {
  const cases: readonly {
    readonly name: string;
    readonly recorded: readonly LedgerEntry[];
    readonly pool?: { readonly id: string; readonly tags: Tags };
    /** The pool of the workforce that there is. */
    readonly signsInThrough?: string;
    readonly ours: readonly LabResource[];
    readonly gone?: readonly LedgerEntry[];
    readonly unclear?: readonly LedgerEntry[];
  }[] = [
    {
      name: 'knows its own pool by the tags that it was made with, and by it the workforce',
      recorded: [begunPool, begunWorkforce],
      pool: { id: 'p', tags: labTags('w') },
      signsInThrough: 'p',
      ours: [workforce, { kind: 'userPool', id: 'p' }],
    },
    {
      name: 'leaves a pool alone that somebody else has made meanwhile, and its workforce',
      recorded: [begunPool, begunWorkforce],
      pool: { id: 'p', tags: { made: 'by the console' } },
      signsInThrough: 'p',
      ours: [],
      unclear: [begunPool, begunWorkforce],
    },
    {
      name: 'knows a workforce by a pool that is recorded, whatever its tags',
      recorded: [{ resource: { kind: 'userPool', id: 'p' } }, begunWorkforce],
      pool: { id: 'p', tags: {} },
      signsInThrough: 'p',
      ours: [workforce, { kind: 'userPool', id: 'p' }],
    },
    {
      name: 'leaves a workforce alone that signs in through another pool',
      recorded: [{ resource: { kind: 'userPool', id: 'p' } }, begunWorkforce],
      signsInThrough: 'other',
      ours: [{ kind: 'userPool', id: 'p' }],
      unclear: [begunWorkforce],
    },
    {
      name: 'forgets what was begun and never made',
      recorded: [begunPool, begunWorkforce],
      ours: [],
      gone: [begunPool, begunWorkforce],
    },
    {
      name: 'asks for no pool where all is certain',
      recorded: [{ resource: workforce }, { resource: { kind: 'userPool', id: 'p' } }],
      pool: { id: 'other', tags: labTags('w') },
      ours: [workforce, { kind: 'userPool', id: 'p' }],
    },
  ];

  for (const { name, recorded, pool, signsInThrough, ours, gone = [], unclear = [] } of cases) {
    it(name, async () => {
      const services = account({
        userPool: async () => pool,
        workforce: async () =>
          signsInThrough === undefined ? undefined : { name: 'default', userPoolId: signsInThrough },
      });
      const survey = await surveyLab(services, recorded, signal);
      assert.deepEqual(
        survey.entries.map(({ resource }) => resource),
        ours,
      );
      assert.deepEqual([survey.gone, survey.unclear], [gone, unclear]);
    });
  }

  it('takes for unclear what it may not look at', async () => {
    const survey = await surveyLab(account({ userPool: denied, workforce: denied }), [begunPool], signal);
    assert.deepEqual([survey.entries, survey.gone, survey.unclear], [[], [], [begunPool]]);
  });
});

async function denied(): Promise<never> {
  throw new Failure('aws.accessDenied', { action: 'x', resource: 'y' });
}

function account(teams: Pick<PrivateTeams, 'userPool' | 'workforce'>) {
  const labelingJobs: Pick<LabelingJobs, 'list'> = { list: async () => [] };
  return { labelingJobs: labelingJobs as LabelingJobs, privateTeams: teams as PrivateTeams };
}
