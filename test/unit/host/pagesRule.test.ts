import assert from 'node:assert/strict';
import type { CorsRule } from '../../../src/core/doctor/probes.js';
import type { Target } from '../../../src/core/ports.js';
import { corsServices } from '../../support/corsServices.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { contentProviders, Uri, user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const aws: Target = { kind: 'aws', region: 'us-east-1' };
const server = {
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  accountId: '',
  accessKeyId: '',
  secretAccessKey: '',
};
const local: Target = { kind: 'local', server: { ...server, portal: '' } };
const own: CorsRule = { AllowedMethods: ['PUT'], AllowedOrigins: ['https://a.example'] };

/** One bucket, whose rules somebody else may set. */
function bucketWith(...rules: readonly CorsRule[]) {
  const { bucket, services } = corsServices(...rules);
  const allow = async (target: Target) => {
    const { allowPages } = await import('../../../src/host/support/pagesRule.js');
    const { ShownQuestions } = await import('../../../src/host/support/shownQuestions.js');
    const questions = new ShownQuestions();
    try {
      return await allowPages(services, { bucket: 'cats', target, questions }, signal);
    } finally {
      questions.dispose();
    }
  };
  return { bucket, allow };
}

describe('the rule by which workers’ pages read the pictures', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  for (const [name, target, rules] of [
    ['a bucket on AWS', aws, []],
    ['rules that are there already', aws, [own]],
    ['rules that are there on this machine', local, [own]],
  ] as const) {
    it(`is merged in after its diff was shown: ${name}`, async () => {
      const { bucket, allow } = bucketWith(...rules);
      const seen = answer('Apply');
      assert.equal(await allow(target), true);
      assert.deepEqual(
        seen.sides.map((side) => (JSON.parse(side) as { CORSRules: readonly CorsRule[] }).CORSRules.length),
        [rules.length, rules.length + 1],
      );
      assert.deepEqual(bucket.rules.slice(0, -1), rules);
      assert.deepEqual(bucket.rules.at(-1)?.ExposeHeaders, ['Access-Control-Allow-Origin']);
    });
  }

  it('is not set where somebody has seen the diff and does not want it', async () => {
    const { bucket, allow } = bucketWith(own);
    answer('Cancel');
    assert.equal(await allow(aws), false);
    assert.deepEqual(bucket.rules, [own]);
  });

  it('overwrites no rule that was set while the diff was read', async () => {
    const { bucket, allow } = bucketWith(own);
    const others = [{ ...own, ID: 'other' }];
    user.answers = () => {
      bucket.rules = others;
      return 'Apply';
    };
    await assert.rejects(allow(aws), /fix.outdated/u);
    assert.deepEqual(bucket.rules, others);
  });

  it('is set without a question where there is nothing else on this machine', async () => {
    const { bucket, allow } = bucketWith();
    assert.equal(await allow(local), true);
    assert.deepEqual([bucket.rules.length, user.asked.length], [1, 0]);
  });
});

/** Answers the question, and resolves to the diff that is shown while it is asked. */
function answer(text: string): { readonly sides: string[] } {
  const seen = { sides: [] as string[] };
  user.answers = () => {
    const { args = [] } = user.ran.find(({ command }) => command === 'vscode.diff') ?? {};
    seen.sides = args
      .slice(0, 2)
      .flatMap((uri) =>
        uri instanceof Uri ? (contentProviders.get(uri.scheme)?.provideTextDocumentContent(uri) ?? '') : [],
      );
    return text;
  };
  return seen;
}
