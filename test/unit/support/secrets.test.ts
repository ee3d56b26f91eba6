import assert from 'node:assert/strict';
import { Secrets } from '../../support/secrets/secrets.js';

const secret = 'Se/cr+et=1&"kittens"';

describe('the search for secrets', () => {
  const secrets = new Secrets();
  secrets.add('key', secret);

  for (const [how, text] of [
    ['as it is', `before ${secret} after`],
    ['in a URL', `https://a.example/?key=${encodeURIComponent(secret)}&b=1`],
    ['in a form', new URLSearchParams({ key: secret }).toString()],
    ['in JSON', JSON.stringify({ key: secret })],
    ['in HTML', secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ...['', 'a', 'ab', 'abc'].map((before) => [
      `in base64, ${before.length} bytes from its beginning`,
      Buffer.from(`${before}${secret} and more`).toString('base64'),
    ]),
    ['in base64url', Buffer.from(secret).toString('base64url')],
    ['in a mail', Buffer.from(`<p>${secret}</p>`.repeat(3)).toString('base64').replaceAll(/.{16}/gu, '$&\r\n')],
  ]) {
    it(`finds it ${how}`, () => assert.deepEqual(secrets.foundIn(text ?? ''), ['key']));
  }

  it('finds it among bytes that are no text', () => {
    const bytes = Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from(secret), Buffer.from([0, 7])]);
    assert.deepEqual(secrets.foundIn(bytes), ['key']);
  });

  it('finds nothing where it is not', () => {
    assert.deepEqual(secrets.foundIn(`Se/cr+et=1 ${Buffer.from('kittens').toString('base64')}`), []);
  });
});
