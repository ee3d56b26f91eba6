import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { CognitoUserPools } from '../../../src/aws/cognitoUserPools.js';
import { createCaller } from '../../../src/aws/errors.js';
import { aroundRequests } from '../../support/requests/aroundRequests.js';

const { signal } = new AbortController();
const portalUrl = 'https://abcdefghij.labeling.eu-west-1.sagemaker.aws';
const invitation = { organization: 'Example & Sons', contactEmail: 'boss@example.com', portalUrl };
const theirs = 'Welcome to Example!<br>You are {username}, with {####}.';

describe('the invitation of a user pool', () => {
  it('is ours where there is none', async () => {
    const template = await invited(undefined);
    assert.match(template?.EmailSubject ?? '', /^You're invited by Example & Sons/u);
    assert.match(template?.EmailMessage ?? '', /Example &amp; Sons[^]*<a href="https:\/\/abcdefghij\.[^]*\{####\}/u);
  });

  it('is written anew where it is ours, for another portal', async () => {
    const before = await invited(undefined, { ...invitation, organization: 'Old', portalUrl: 'https://old.example' });
    const template = await invited(before);
    assert.deepEqual(template, await invited(undefined));
  });

  it('of somebody else keeps their words, and gets the portal’s address', async () => {
    const before = { EmailSubject: 'Come in', EmailMessage: theirs, SMSMessage: '{username} {####}' };
    const template = await invited(before);
    assert.deepEqual(
      { ...template, EmailMessage: undefined },
      { EmailSubject: 'Come in', EmailMessage: undefined, SMSMessage: '{username} {####}' },
    );
    assert.equal(
      template?.EmailMessage,
      `${theirs}<br>\nOpen the labeling portal: <a href="${portalUrl}">${portalUrl}</a>`,
    );
  });

  it('of somebody else with the address of a portal that is gone gets that of this one', async () => {
    const gone = 'https://0123456789.labeling.eu-west-1.sagemaker.aws';
    const template = await invited({ EmailMessage: `${theirs} <a href="${gone}">${gone}</a>` });
    assert.deepEqual(template, { EmailMessage: `${theirs} <a href="${portalUrl}">${portalUrl}</a>` });
  });

  it('that has the address is left alone', async () => {
    assert.equal(await invited({ EmailMessage: `${theirs} ${portalUrl}` }), undefined);
  });

  it('is changed without anything else of the pool, which Cognito resets where it is not told', async () => {
    const kept = memberNames('UpdateUserPoolRequest').filter(
      (name) => memberNames('UserPoolType').includes(name) && name !== 'AdminCreateUserConfig',
    );
    const pool = Object.fromEntries(kept.map((name) => [name, `the ${name}`]));
    const [input = {}] = await updatesOf(pool, invitation);
    assert.deepEqual(
      kept.filter((name) => Reflect.get(input, name) !== `the ${name}`),
      [],
    );
    assert.ok(kept.length > 15, kept.join());
  });
});

type Template = sdk.MessageTemplateType | undefined;

async function invited(template: Template, into = invitation): Promise<Template> {
  const config = template === undefined ? {} : { InviteMessageTemplate: template };
  const [input] = await updatesOf({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, ...config } }, into);
  return input && (input as sdk.UpdateUserPoolCommandInput).AdminCreateUserConfig?.InviteMessageTemplate;
}

/** What Cognito is asked to make of the pool. */
async function updatesOf(pool: object, into: typeof invitation): Promise<readonly object[]> {
  const client = new sdk.CognitoIdentityProviderClient({ region: 'eu-west-1' });
  const updates: object[] = [];
  aroundRequests(client, async ({ operation, input }) => {
    if (operation === 'UpdateUserPool') {
      updates.push(input);
    }
    return { output: { $metadata: {}, ...(operation === 'DescribeUserPool' && { UserPool: pool }) }, response: {} };
  });
  const call = createCaller({ endpoint: 'AWS eu-west-1' });
  const pools = new CognitoUserPools({ client, clientOnce: client, call, wait: async () => undefined });
  await pools.ensureInvitation({ userPoolId: 'eu-west-1_a', clientId: 'b' }, into, signal);
  return updates;
}

/** The SDK has the names of a structure's members in its schema. */
function memberNames(structure: string): readonly string[] {
  const schema: unknown = Reflect.get(sdk, `${structure}$`);
  assert.ok(Array.isArray(schema), `the SDK has no ${structure}`);
  const [, , , , members] = schema as [0, 0, 0, 0, readonly string[]];
  return members;
}
