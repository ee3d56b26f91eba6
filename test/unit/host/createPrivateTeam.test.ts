import assert from 'node:assert/strict';
import type { PrivateTeams, TeamStep } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const team = { name: 'cats', arn: 'arn:cats', description: '' };

type Steps = readonly (readonly [TeamStep, 'made' | 'found'])[];

describe('creating a private team', () => {
  before(fakeVscode);

  beforeEach(() => {
    user.reset();
    const answers = ['cats', 'ana@example.com', 'My organization', 'ana@example.com'];
    user.answers = ({ text }) => answers[Number(/\((\d)\/4\)/u.exec(text)?.[1] ?? 0) - 1];
  });

  for (const [outcome, text] of [
    ['made', 'its new members are invited'],
    ['found', 'Its members were invited before'],
  ] as const) {
    it(`says that ${text}, where they were ${outcome}`, async () => {
      await kindsRecorded([['members', outcome]]);
      assert.ok(user.asked.at(-1)?.text.includes(text));
    });
  }

  it('fills in what was answered before it was given up half-way', async () => {
    const { createPrivateTeam } = await import('../../../src/host/commands/createPrivateTeam.js');
    const { deps } = await hostDeps({ privateTeams: { list: async () => [] } as unknown as PrivateTeams });
    const answers = ['cats', 'ana@example.com', 'Cats Ltd.'];
    user.answers = ({ text }) => answers[Number(/\((\d)\/4\)/u.exec(text)?.[1] ?? 0) - 1];
    await createPrivateTeam(deps)();
    await createPrivateTeam(deps)();
    assert.deepEqual(
      user.asked.slice(4).map(({ value }) => value),
      ['labeling-team', 'ana@example.com', 'Cats Ltd.', 'ana@example.com'],
    );
  });

  it('records what is made, also where its members could not be invited', async () => {
    assert.deepEqual(await kindsRecorded([['workteam', 'made']]), ['team']);
    assert.deepEqual(await kindsRecorded([['workteam', 'made']], new Error('no mail today')), ['team']);
  });
});

async function kindsRecorded(steps: Steps, failure?: Error): Promise<readonly string[]> {
  const { createPrivateTeam } = await import('../../../src/host/commands/createPrivateTeam.js');
  const privateTeams: Pick<PrivateTeams, 'list' | 'create'> = {
    list: async () => [],
    create: async ({ name }, { onStep, keeper }) => {
      for (const [step, outcome] of steps) {
        onStep(step, outcome);
      }
      await keeper.made({ kind: 'team', name });
      if (failure) {
        throw failure;
      }
      return team;
    },
  };
  const { deps } = await hostDeps({ privateTeams: privateTeams as PrivateTeams });
  const running = createPrivateTeam(deps)();
  await (failure ? assert.rejects(running, { cause: failure }) : running);
  return (await deps.ledger.open(signal)).record.entries().map(({ resource }) => resource.kind);
}
