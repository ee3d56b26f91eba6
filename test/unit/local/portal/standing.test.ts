import assert from 'node:assert/strict';
import { query, run } from '../../../../src/local/records.js';
import { standing } from '../../../../src/local/portal/standing.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { EngineLab, pictureLines } from '../../../support/engineLab.js';

describe('the standing of a job and a task', () => {
  let lab: EngineLab;
  let worker: Worker;
  let of: { readonly jobReferenceCode: string; readonly taskId: string };
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    await lab.createJob({ lines: pictureLines(2) });
    worker = lab.addWorker('anna@example.org');
    const [task] = lab.take(worker, 1);
    assert.ok(task);
    of = { jobReferenceCode: task.jobReferenceCode, taskId: task.taskId };
  });

  it('is asked for without changing anything, be the time of the task over or not', () => {
    for (const minutes of [0, 600]) {
      lab.clock.advance(minutes * 60_000);
      const before = changes();
      assert.equal(standing(lab.portal, worker, of).task, minutes === 0 ? 'yours' : 'timeUp');
      const { job } = standing(lab.portal, worker, { ...of, taskId: undefined });
      assert.deepEqual(job, { kind: 'open', availableTasks: 2 });
      assert.equal(changes(), before);
    }
  });

  it('says why a job has failed to those of its team, and to nobody else', () => {
    run(lab.database, "UPDATE labeling_jobs SET status = 'Failed', failure_reason = 'The bucket is gone.'");
    const { job } = standing(lab.portal, worker, of);
    assert.deepEqual(job, { kind: 'ended', status: 'Failed', failureReason: 'The bucket is gone.' });
    run(lab.database, 'DELETE FROM group_members');
    assert.equal(standing(lab.portal, worker, of).job.kind, 'notInTeam');
  });

  it('is that a task is not needed whose object was closed', () => {
    run(lab.database, "UPDATE labeling_objects SET state = 'answered'");
    assert.equal(standing(lab.portal, worker, of).task, 'closed');
  });

  function changes(): number | undefined {
    return query<{ readonly count: number }>(lab.database, 'SELECT total_changes() AS count').one()?.count;
  }
});
