import assert from 'node:assert/strict';
import { pageOf } from '../../../src/local/pages.js';

describe('pages of a list', () => {
  const all = ['a', 'b', 'c', 'd', 'e', 'f'];
  const cases = [
    { name: 'nothing has changed', later: all, page: ['c', 'd'] },
    { name: 'the first page has been deleted', later: ['c', 'd', 'e', 'f'], page: ['c', 'd'] },
    { name: 'items have come before it', later: ['A', 'B', ...all], page: ['c', 'd'] },
    { name: 'the item after it has gone', later: ['a', 'b', 'd', 'e', 'f'], page: ['d', 'e'] },
    { name: 'the items on both sides have gone', later: ['a', 'd', 'e', 'f'], page: ['d', 'e'] },
    { name: 'nothing is left', later: [], page: [] },
  ];

  for (const { name, later, page } of cases) {
    it(`go on where they stopped when ${name}`, () => {
      const { items, nextToken } = firstPage();
      assert.deepEqual(items, ['a', 'b']);
      assert.deepEqual(pageAt(later, nextToken).items, page);
    });
  }

  it('end without a token', () => {
    const second = pageAt(all, firstPage().nextToken);
    assert.deepEqual(pageAt(all, second.nextToken), { items: ['e', 'f'] });
  });

  for (const content of ['', 'item:2', '[]', '["2","a","b"]', '[0,"a","b"]', '[null,"a","b"]', '{}', 'null']) {
    it(`refuse ${JSON.stringify(content)} as a token`, () => {
      const token = Buffer.from(content).toString('base64url');
      assert.throws(() => pageAt(all, token), { code: 'ValidationException' });
    });
  }

  it('refuse the token of another list', () => {
    const { nextToken } = firstPage();
    assert.throws(() => pageAt(all, nextToken, 'others'), { code: 'ValidationException', message: /another list/u });
  });

  const firstPage = () => pageAt(all, undefined);
});

function pageAt(
  items: readonly string[],
  token: string | undefined,
  list = 'letters',
): ReturnType<typeof pageOf<string>> {
  return pageOf(items, { token, size: 2, keyOf: (item) => item, errorCode: 'ValidationException', list });
}
