import assert from 'node:assert/strict';
import { categoryText, listOf } from '../../../webview/crowd/attributes.js';

describe('listOf', () => {
  const cases = [
    { text: '["cat","dog"]', list: ['cat', 'dog'] },
    { text: `['cat', 'dog',]`, list: ['cat', 'dog'] },
    { text: `[\n  'it\\'s', // a comment\n  "b"\n]`, list: [`it's`, 'b'] },
    { text: `{ text: 'None of the above' }`, list: ['None of the above'] },
    { text: `[{label: 'Cat'}, 3]`, list: ['Cat', '3'] },
    { text: '${classes}', list: [] },
    { text: ' ', list: [] },
    { text: null, list: [] },
  ];
  for (const { text, list } of cases) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(listOf(text).map(categoryText), list));
  }
});
