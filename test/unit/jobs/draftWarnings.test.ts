import assert from 'node:assert/strict';
import { checkDraft } from '../../../src/core/jobs/checkDraft.js';
import { type DraftWarning, draftWarnings } from '../../../src/core/jobs/draftWarnings.js';
import type { LabelingJobDraft } from '../../../src/core/jobs/labelingJobDraft.js';
import { labDraft } from '../../support/jobDrafts.js';

describe('draftWarnings', () => {
  const cases: readonly {
    readonly name: string;
    readonly changed?: Partial<LabelingJobDraft>;
    readonly facts?: Parameters<typeof draftWarnings>[1];
    readonly expected?: DraftWarning;
  }[] = [
    { name: 'as many workers as the team has members', facts: { team: { members: 1 } } },
    { name: 'a team that is not known yet', changed: { workersPerObject: '3' } },
    {
      name: 'more workers for each picture than the team has members',
      changed: { workersPerObject: '3' },
      facts: { team: { members: 1 } },
      expected: { field: 'workersPerObject', warning: { kind: 'teamTooSmall', workers: 3, members: 1 } },
    },
    {
      name: 'a team without members',
      facts: { team: { members: 0 } },
      expected: { field: 'team', warning: { kind: 'teamTooSmall', workers: 1, members: 0 } },
    },
    {
      name: 'a label that differs from another by case alone',
      changed: { labels: ['cat', 'dog', ' Cat'] },
      expected: { field: 'label.2', warning: { kind: 'sameButForCase', label: 'Cat', other: 'cat' } },
    },
    { name: 'empty rows', changed: { labels: ['cat', '', '', 'dog'] } },
  ];
  for (const { name, changed = {}, facts = {}, expected } of cases) {
    it(`${expected ? 'warns of' : 'says nothing of'} ${name}, which is no problem`, () => {
      const draft = { ...labDraft, ...changed };
      assert.deepEqual(draftWarnings(draft, facts), expected ? [expected] : []);
      assert.deepEqual(checkDraft(draft, {}), []);
    });
  }

  it('leaves a number of workers that is wrong to checkDraft', () => {
    for (const workersPerObject of ['10', '0', 'three', '']) {
      assert.deepEqual(draftWarnings({ ...labDraft, workersPerObject }, { team: { members: 1 } }), []);
    }
  });
});
