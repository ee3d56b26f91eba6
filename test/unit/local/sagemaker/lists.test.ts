import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import { EngineLab } from '../../../support/engineLab.js';

describe('ListLabelingJobs', () => {
  let lab: EngineLab;
  before(async () => {
    lab = new EngineLab();
    await lab.prepare();
    for (const name of ['b-cats', 'A-dogs', 'c-cats']) {
      await lab.createJob({ name });
      lab.clock.advance(1_000);
    }
    await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'A-dogs' });
    await lab.engine.idle();
  });

  const start = Date.parse('2026-11-23T10:00:00Z') / 1_000;
  const cases: readonly { readonly name: string; readonly request: JsonObject; readonly jobs: readonly string[] }[] = [
    { name: 'oldest first by default', request: {}, jobs: ['b-cats', 'A-dogs', 'c-cats'] },
    { name: 'newest first', request: { SortOrder: 'Descending' }, jobs: ['c-cats', 'A-dogs', 'b-cats'] },
    { name: 'by name', request: { SortBy: 'Name' }, jobs: ['A-dogs', 'b-cats', 'c-cats'] },
    { name: 'by status', request: { SortBy: 'Status' }, jobs: ['b-cats', 'c-cats', 'A-dogs'] },
    { name: 'by part of the name', request: { NameContains: 'cats' }, jobs: ['b-cats', 'c-cats'] },
    { name: 'by state', request: { StatusEquals: 'Stopped' }, jobs: ['A-dogs'] },
    { name: 'after a time', request: { CreationTimeAfter: start }, jobs: ['A-dogs', 'c-cats'] },
    { name: 'before a time', request: { CreationTimeBefore: start + 1 }, jobs: ['b-cats'] },
    { name: 'changed after a time', request: { LastModifiedTimeAfter: start + 2.5 }, jobs: ['A-dogs'] },
  ];
  for (const { name, request, jobs } of cases) {
    it(`lists ${name}`, async () => assert.deepEqual((await list(request)).jobs, jobs));
  }

  it('lists page by page', async () => {
    const first = await list({ MaxResults: 2 });
    assert.deepEqual(first.jobs, ['b-cats', 'A-dogs']);
    const second = await list({ MaxResults: 2, NextToken: first.next });
    assert.deepEqual(second, { jobs: ['c-cats'], next: undefined });
  });

  it('refuses a token that it did not give out', async () => {
    await assert.rejects(list({ NextToken: 'other' }), { code: 'ValidationException' });
  });

  it('refuses a token with other filters than it was given out for', async () => {
    const { next } = await list({ MaxResults: 1, NameContains: 'cats' });
    await assert.rejects(list({ NextToken: next }), { code: 'ValidationException', message: /another list/u });
    const { jobs } = await list({ MaxResults: 2, NameContains: 'cats', NextToken: next });
    assert.deepEqual(jobs, ['c-cats']);
  });

  it('refuses the token of another operation', async () => {
    const { next } = await list({ MaxResults: 1 });
    await assert.rejects(lab.call('sageMaker', 'ListWorkteams', { NextToken: next ?? '' }), {
      code: 'ValidationException',
    });
  });

  async function list(request: JsonObject): Promise<{ readonly jobs: readonly string[]; readonly next?: string }> {
    const reply: unknown = await lab.call('sageMaker', 'ListLabelingJobs', request);
    const { LabelingJobSummaryList: summaries, NextToken: next } = reply as {
      readonly LabelingJobSummaryList: readonly { readonly LabelingJobName: string }[];
      readonly NextToken: string;
    };
    return { jobs: summaries.map(({ LabelingJobName: name }) => name), next };
  }
});
