import assert from 'node:assert/strict';
import { answerOf, type FormControl } from '../../../webview/crowd/serialize.js';

const cases: readonly { name: string; controls: readonly FormControl[]; json: string }[] = [
  {
    name: 'a picture class as Ground Truth stores it',
    controls: [{ kind: 'value', name: 'crowd-image-classifier', value: { label: 'cat' } }],
    json: '{"crowd-image-classifier":{"label":"cat"}}',
  },
  {
    name: 'radio buttons as booleans by value',
    controls: [
      { kind: 'choice', name: 'toxicity', value: 'toxic', isChecked: true },
      { kind: 'choice', name: 'toxicity', value: 'non-toxic', isChecked: false },
    ],
    json: '{"toxicity":{"non-toxic":false,"toxic":true}}',
  },
  {
    name: 'a single check box as on',
    controls: [{ kind: 'choice', name: 'sure', value: 'on', isChecked: false }],
    json: '{"sure":{"on":false}}',
  },
  {
    name: 'no text that was left empty',
    controls: [
      { kind: 'text', name: 'comment', value: '' },
      { kind: 'text', name: 'other', value: 'a' },
    ],
    json: '{"other":"a"}',
  },
  {
    name: 'a hidden text even if empty',
    controls: [{ kind: 'text', name: 'state', value: '', isHidden: true }],
    json: '{"state":""}',
  },
  {
    name: 'the last of one name',
    controls: [
      { kind: 'text', name: '_', value: 'first' },
      { kind: 'choice', name: '_', value: 'on', isChecked: true },
      { kind: 'text', name: '_', value: '_', isHidden: true },
    ],
    json: '{"_":"_"}',
  },
  {
    name: 'keys in order, all the way down',
    controls: [
      { kind: 'value', name: 'z', value: { b: [{ y: 1, x: 2 }], a: 'é' } },
      { kind: 'list', name: 'B', values: ['2', '1'] },
      { kind: 'text', name: 'a', value: '' },
    ],
    json: '{"B":["2","1"],"z":{"a":"é","b":[{"x":2,"y":1}]}}',
  },
  {
    name: 'nothing of a widget without an answer',
    controls: [{ kind: 'value', name: 'w', value: undefined }],
    json: '{}',
  },
  {
    name: 'names that objects have by themselves',
    controls: [{ kind: 'text', name: '__proto__', value: 'x' }],
    json: '{"__proto__":"x"}',
  },
];

describe('answerOf', () => {
  for (const { name, controls, json } of cases) {
    it(`gives ${name}`, () => assert.equal(JSON.stringify(answerOf(controls)), json));
  }
});
