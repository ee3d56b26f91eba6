import assert from 'node:assert/strict';
import { acceptTask, declineTask, listJobs, releaseTask, takeTasks } from '../../../../src/local/labeling/handOut.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { EngineLab, labeledLine, pictureLines } from '../../../support/engineLab.js';

describe('a team', () => {
  let lab: EngineLab;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
  });

  function members(count: number): readonly Worker[] {
    return Array.from({ length: count }, (_, index) => lab.addWorker(`${index}@example.org`));
  }

  async function createJob(options: { readonly objects: number; readonly workers: number; readonly batch?: number }) {
    await lab.createJob({
      lines: pictureLines(options.objects),
      task: {
        NumberOfHumanWorkersPerDataObject: options.workers,
        ...(options.batch !== undefined && { MaxConcurrentTaskCount: options.batch }),
      },
    });
  }

  it('labels each object once each, and the answers become one label', async () => {
    await createJob({ objects: 1, workers: 3 });
    for (const [index, worker] of members(3).entries()) {
      assert.equal(await lab.counts(), 'InProgress 0+0+1');
      assert.equal(await lab.labelAll(worker, () => (index === 1 ? 'cat' : 'dog')), 1);
      assert.equal(lab.take(worker).length, 0);
    }
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Completed 1+0+0');
    const [line = ''] = lab.manifest();
    const { confidence } = (JSON.parse(line) as Record<string, { confidence: number }>)['Job-metadata'] ?? {};
    assert.equal(line, labeledLine(0, { label: 1, confidence }));
    assert.ok(confidence !== undefined && confidence > 0.5 && confidence < 0.95);
  });

  for (const workers of [1, 2, 3, 5, 9]) {
    it(`of eleven gives each object to ${workers} different workers, whoever declines or gives back`, async () => {
      await createJob({ objects: 23, workers, batch: 10 });
      const team = members(11);
      const answered = new Map<string, Set<string>>();
      let turn = 0;
      while ((await lab.describe()).LabelingJobStatus === 'InProgress') {
        for (const worker of team) {
          for (const task of lab.take(worker, 3)) {
            turn += 1;
            // More declines than an object has workers would end it.
            if (turn % 13 === 0) {
              releaseTask(lab.portal, worker, task.taskId);
              break; // What was fetched ahead went back with it.
            } else if (workers > 2 && turn % 29 === 0) {
              declineTask(lab.portal, worker, task.taskId);
            } else {
              const of = answered.get(task.datasetObjectId) ?? new Set();
              assert.ok(!of.has(worker.sub), 'nobody sees an object again after answering');
              answered.set(task.datasetObjectId, of.add(worker.sub));
              lab.answer(worker, task, 'cat', 0);
            }
          }
        }
        await lab.engine.idle();
      }
      assert.equal(await lab.counts(), 'Completed 23+0+0');
      assert.deepEqual([...new Set([...answered.values()].map(({ size }) => size))], [workers]);
    });
  }

  it('is never more at one object than it wants, and what one declines goes to another', async () => {
    await createJob({ objects: 2, workers: 2 });
    const [anna, ben, cleo] = members(3);
    assert.ok(anna && ben && cleo);
    const [first] = lab.take(anna);
    assert.ok(first);
    for (const worker of [anna, ben]) {
      for (const task of lab.take(worker)) {
        acceptTask(lab.portal, worker, task.taskId);
      }
    }
    assert.deepEqual(listJobs(lab.portal, cleo), []);
    declineTask(lab.portal, anna, first.taskId);
    assert.equal(objectsOf(lab.take(cleo)), '0');
  });

  it('of fifty that ask at once is given as many different tasks, the first objects first', async () => {
    await createJob({ objects: 100, workers: 3 });
    const team = members(50);
    const taken = team.map((worker) => objectsOf(lab.take(worker, 1)));
    const expected = Array.from({ length: 50 }, (_, index) => String(Math.floor(index / 3)));
    assert.deepEqual(taken, expected);
  });

  it('lets nobody sit idle while others have tasks ahead', async () => {
    await createJob({ objects: 4, workers: 1 });
    const [anna, ben, cleo, dan, eve] = members(5);
    assert.ok(anna && ben && cleo && dan && eve);
    const { JobReferenceCode: jobReferenceCode } = await lab.describe();
    const all = lab.take(anna);
    acceptTask(lab.portal, anna, all[0]?.taskId ?? '');
    assert.equal(listJobs(lab.portal, ben)[0]?.availableTasks, 1);
    assert.equal(objectsOf(lab.take(ben)), '3');
    assert.equal(objectsOf(lab.take(cleo)), '2');
    // What Anna comes to next stays hers, and so does the only task of each of the others.
    assert.deepEqual(listJobs(lab.portal, dan), []);
    assert.deepEqual(takeTasks(lab.portal, eve, { jobReferenceCode, count: 5 }), []);
    assert.equal(objectsOf(lab.take(anna)), '0,1');
    assert.throws(() => acceptTask(lab.portal, anna, all[3]?.taskId ?? ''), { code: 'TaskGone' });
  });
});

function objectsOf(tasks: readonly { readonly datasetObjectId: string }[]): string {
  return tasks.map(({ datasetObjectId }) => datasetObjectId).join();
}
