import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import type { PortalTask } from '../../../../src/core/portal/workerPortal.js';
import { submitAnswer } from '../../../../src/local/labeling/answers.js';
import { acceptTask } from '../../../../src/local/labeling/handOut.js';
import { checkMask, isMaskOf, keepTask } from '../../../../src/local/labeling/maskCheck.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { bucket, EngineLab } from '../../../support/engineLab.js';
import { paintedMask } from '../../../support/paintedMask.js';
import { pngFile } from '../../../support/pngFile.js';
import { createOneObjectJob } from './oneObjectJob.js';

describe('the mask of an answer', () => {
  let lab: EngineLab;
  let worker: Worker;
  let task: PortalTask;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    putPicture(2, 1);
    await createOneObjectJob(lab, {
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: '{"source-ref":"s3://pictures/0.png"}',
      categories: [{ label: 'person' }, { label: 'bicycle' }, { label: 'hat' }],
      workers: 1,
    });
    worker = lab.addWorker('a');
    const [taken] = lab.take(worker);
    assert.ok(taken);
    task = taken;
    acceptTask(lab.portal, worker, task.taskId);
  });

  /** A picture that nothing was painted on. */
  const putPicture = (width: number, height: number): void => {
    const gray = Array.from({ length: width * height }, () => 0);
    lab.objects.put(bucket, '0.png', pngFile({ width, height, bitDepth: 8, colorType: 0 }, gray));
  };
  const submission = (answerContent: JsonObject) => ({ taskId: task.taskId, answerContent });

  it('may wait to be looked at: an answer that came in time is in time', () => {
    lab.clock.advance(299_000);
    keepTask(lab.portal, worker, task.taskId);
    lab.clock.advance(60_000);
    const { submittedAt } = submitAnswer(lab.portal, worker, submission(paintedMask(['bb'])));
    assert.ok(submittedAt);
  });

  it('is not looked at where it comes too late', () => {
    lab.clock.advance(301_000);
    assert.throws(() => keepTask(lab.portal, worker, task.taskId), /its time was up/u);
  });

  it('is not looked at again where the same answer is sent again', () => {
    const answer = submission(paintedMask(['bb']));
    assert.equal(isMaskOf(lab, worker, answer), true);
    submitAnswer(lab.portal, worker, answer);
    assert.equal(isMaskOf(lab, worker, answer), false);
  });

  it('may have the sides of a photograph that is shown upright', async () => {
    putPicture(1, 2);
    await checkMask(lab, worker, submission(paintedMask(['bb'])));
  });
});
