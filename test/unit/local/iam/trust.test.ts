import assert from 'node:assert/strict';
import { trustsSageMaker } from '../../../../src/local/iam/trust.js';

const allow = { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' };

describe('trustsSageMaker', () => {
  const cases: readonly { readonly name: string; readonly statement: object; readonly isTrusted: boolean }[] = [
    { name: 'the usual statement', statement: [allow], isTrusted: true },
    { name: 'a statement that is no list', statement: allow, isTrusted: true },
    {
      name: 'lists of services and actions',
      statement: [
        {
          ...allow,
          Principal: { Service: ['lambda.amazonaws.com', 'sagemaker.amazonaws.com'] },
          Action: ['sts:TagSession', 'sts:assumerole'],
        },
      ],
      isTrusted: true,
    },
    { name: 'a condition on who asks', statement: [{ ...allow, Condition: { StringEquals: {} } }], isTrusted: true },
    { name: 'no statement', statement: [], isTrusted: false },
    { name: 'a denial', statement: [{ ...allow, Effect: 'Deny' }], isTrusted: false },
    { name: 'a denial beside it', statement: [allow, { ...allow, Effect: 'Deny' }], isTrusted: false },
    {
      name: 'another service',
      statement: [{ ...allow, Principal: { Service: 'lambda.amazonaws.com' } }],
      isTrusted: false,
    },
    { name: 'another action', statement: [{ ...allow, Action: 'sts:TagSession' }], isTrusted: false },
    {
      name: 'the name in a place that says nothing',
      statement: [{ ...allow, Principal: { AWS: '*' }, Sid: 'sagemaker.amazonaws.com' }],
      isTrusted: false,
    },
    { name: 'nonsense', statement: [null, 7, 'sagemaker.amazonaws.com'], isTrusted: false },
  ];
  for (const { name, statement, isTrusted } of cases) {
    it(`${isTrusted ? 'finds it' : 'does not find it'} in ${name}`, () => {
      assert.equal(trustsSageMaker(JSON.stringify({ Version: '2012-10-17', Statement: statement })), isTrusted);
    });
  }
});
