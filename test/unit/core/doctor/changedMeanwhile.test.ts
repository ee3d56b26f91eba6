import assert from 'node:assert/strict';
import { ensureUnchanged } from '../../../../src/core/doctor/changedMeanwhile.js';
import { changedDraft, draftSubject } from '../../../../src/core/doctor/draftSubject.js';
import { ensureSameJob } from '../../../../src/core/doctor/jobFix.js';
import { Failure } from '../../../../src/core/failure.js';
import { labDraft } from '../../../support/jobDrafts.js';

const isOutdated = (error: unknown) => Failure.is(error, 'fix.outdated');

describe('what a fix was to change', () => {
  it('is the same in whatever order its members come, and another one with another value', () => {
    ensureUnchanged('rules', [{ a: 1, b: { c: 2, d: 3 } }], [{ b: { d: 3, c: 2 }, a: 1 }]);
    assert.throws(() => ensureUnchanged('rules', [{ a: 1 }], [{ a: 1 }, { a: 1 }]), isOutdated);
    assert.throws(() => ensureUnchanged('rules', [1, 2], [2, 1]), isOutdated);
    assert.throws(() => ensureUnchanged('rules', undefined, {}), isOutdated);
  });

  it('is the part of the form that the diff shows, whatever is typed elsewhere', () => {
    const { job } = draftSubject(labDraft);
    const change = { workersPerObject: 1 };
    const named = draftSubject(changedDraft(labDraft, { name: 'other' })).job;
    ensureSameJob(change, job, named);
    const more = draftSubject(changedDraft(labDraft, { workersPerObject: 5 })).job;
    assert.throws(() => ensureSameJob(change, job, more), isOutdated);
  });
});
