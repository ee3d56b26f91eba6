import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { verifySignatureV2 } from '../../../../src/local/http/signatureV2.js';

const identity = { accountId: '123456789012', region: 'us-east-1', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'key' };
const date = 'Tue, 27 Mar 2007 19:36:42 +0000';

describe('a signature of version 2', () => {
  const resources = [
    { name: 'without the parameter of the listing', resource: '/pictures/' },
    { name: 'with the parameter of the listing', resource: '/pictures/?list-type=2' },
  ];
  for (const { name, resource } of resources) {
    it(`is right ${name}`, () => verify(resource));
  }

  it('is wrong for another bucket', () => {
    assert.throws(() => verify('/other/'), /signature/u);
  });

  it('is wrong without a parameter that every client signs', () => {
    assert.throws(() => verify('/pictures/', 'acl&list-type=2'), /signature/u);
  });
});

/** Throws where a listing of the bucket that is signed as `resource` is refused. */
function verify(resource: string, query = 'list-type=2&prefix=a'): void {
  const value = createHmac('sha1', identity.secretAccessKey).update(`GET\n\n\n${date}\n${resource}`).digest('base64');
  const headers = { date, authorization: `AWS ${identity.accessKeyId}:${value}` };
  const head = { method: 'GET', rawPath: '/pictures', query: new URLSearchParams(query), headers };
  verifySignatureV2(head, identity, new Date(date));
}
