import assert from 'node:assert/strict';
import { ClassColors } from '../../../webview/manifest/classColors.js';
import { problemSentences } from '../../../webview/manifest/drawingProblems.js';
import { markAfter } from '../../../webview/manifest/layers.js';
import { ShapeSwitches } from '../../../webview/manifest/shapeSwitches.js';

describe('the switches of shapes', () => {
  const label = { key: 'label a', kind: 'label' } as const;
  const worker = { key: 'worker a', kind: 'worker' } as const;

  it('show labels with all their classes at first, and no worker', () => {
    const switches = new ShapeSwitches();
    assert.ok(switches.isOn(label) && switches.isOn(label, 'cat') && switches.isOn(worker, 'cat'));
    assert.ok(!switches.isOn(worker));
  });

  it('are one for each class of each layer', () => {
    const switches = new ShapeSwitches();
    switches.flip(label, 'cat');
    switches.flip(worker);
    assert.ok(!switches.isOn(label, 'cat') && switches.isOn(label) && switches.isOn(label, 'dog'));
    assert.ok(switches.isOn(worker) && switches.isOn(worker, 'cat'));
    switches.flip(label, 'cat');
    assert.ok(switches.isOn(label, 'cat'));
  });
});

describe('the colours of classes', () => {
  it('that the overview does not have are the next ones, and stay', () => {
    const colors = new ClassColors();
    const first = colors.colorOf(undefined, 'eye');
    assert.notEqual(colors.colorOf(undefined, 'tail'), first);
    assert.equal(colors.colorOf(undefined, 'eye'), first);
  });
});

describe('what cannot be drawn', () => {
  it('is told once for each reason, with the first places', () => {
    const list = 'annotations';
    const problems = Array.from({ length: 8 }, (_, place) => ({ list, place, reason: 'noArea' as const }));
    assert.deepEqual(problemSentences([...problems, { list, place: 9, reason: 'unnamedClass' }]), [
      'No. 1, 2, 3, 4, 5 and 3 more of “annotations” left out: the width and the height must be more than 0.',
      'No. 10 of “annotations”: the class map does not name the class. Its id is shown.',
    ]);
  });
});

describe('arrow keys among shapes', () => {
  const ids = ['a', 'b', 'c'];
  const moves = [
    { from: undefined, key: 'ArrowRight', to: 'a' },
    { from: 'a', key: 'ArrowDown', to: 'b' },
    { from: 'c', key: 'ArrowRight', to: 'c' },
    { from: 'b', key: 'ArrowLeft', to: 'a' },
    { from: 'a', key: 'ArrowUp', to: 'a' },
    { from: 'b', key: 'End', to: 'c' },
    { from: 'b', key: 'Home', to: 'a' },
    { from: 'b', key: 'x', to: undefined },
  ];
  for (const { from, key, to } of moves) {
    it(`lead with ${key} from ${from ?? 'nowhere'} to ${to ?? 'nowhere'}`, () =>
      assert.equal(markAfter(ids, from, key), to));
  }
});
