import assert from 'node:assert/strict';
import { executionRolePolicy, executionRoleTrust } from '../../../src/core/lab/executionRole.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { contentProviders, user } from '../../support/vscodeModule.js';

describe('creating an execution role on AWS', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('shows both of its policies, read-only, before it is asked about', async () => {
    assert.equal(await consent('Create Role'), true);
    assert.deepEqual(
      user.documents.map((text): unknown => JSON.parse(text)),
      [{ TrustPolicy: executionRoleTrust, PermissionsPolicy: executionRolePolicy(['pictures', 'results'], 'aws-cn') }],
    );
    const [question] = user.asked;
    assert.deepEqual(question?.choices, ['Create Role', 'Cancel']);
    assert.match(question.text, /list, read and write "pictures", "results"/u);
    assert.equal(contentProviders.size, 0);
  });

  it('is left off where the user does not want it', async () => {
    assert.equal(await consent('Cancel'), false);
    assert.equal(contentProviders.size, 0);
  });

  it('asks for the buckets of the job, logs and metrics, and nothing else', () => {
    const { Statement } = executionRolePolicy(['pictures'], 'aws');
    assert.deepEqual(
      Statement.map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ['S3ViewBuckets', ['arn:aws:s3:::pictures']],
        ['S3GetPutObjects', ['arn:aws:s3:::pictures/*']],
        ['CloudWatch', '*'],
      ],
    );
    const actions = Statement.flatMap(({ Action }) => Action);
    assert.deepEqual(
      actions.filter((action) => action.includes('*') || action.includes('Delete')),
      [],
    );
  });
});

async function consent(answer: string): Promise<boolean> {
  const { ShownQuestions } = await import('../../../src/host/support/shownQuestions.js');
  const { consentToRole } = await import('../../../src/host/panels/roleConsent.js');
  user.answers = () => answer;
  const questions = new ShownQuestions();
  try {
    return await consentToRole(
      questions,
      { buckets: ['pictures', 'results'], region: 'cn-north-1' },
      new AbortController().signal,
    );
  } finally {
    questions.dispose();
  }
}
