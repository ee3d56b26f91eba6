import assert from 'node:assert/strict';
import { RunStates } from '../../../../webview/labeling/runState.js';

describe('the state of a run', () => {
  it('counts an object with the task that comes after it', () => {
    const states = begun(4);
    states.countDone(1);
    assert.deepEqual(states.current.progress, { done: 0, total: 4 });
    states.begin({ phase: 'labeling', isSaving: false });
    assert.deepEqual(states.current.progress, { done: 1, total: 4 });
  });

  it('ends at its end, also where colleagues have dealt with the rest', () => {
    const states = begun(4);
    states.countDone(1);
    states.begin({ phase: 'labeling', isSaving: false });
    states.countDone(1);
    states.finish();
    assert.deepEqual(states.current, {
      phase: 'finished',
      isSaving: false,
      canUndo: false,
      progress: { done: 2, total: 2 },
    });
  });
});

function begun(total: number): RunStates {
  return new RunStates({ done: 0, total }, () => undefined);
}
