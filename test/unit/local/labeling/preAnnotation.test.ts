import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '../../../../src/core/json.js';
import { FunctionFailure } from '../../../../src/local/functions/labelingFunctions.js';
import { submitAnswer, undoLastAnswer } from '../../../../src/local/labeling/answers.js';
import { acceptTask } from '../../../../src/local/labeling/handOut.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { answerWithIds, createCustomJob, customLines, failedMetadata } from '../../../support/customJobs.js';
import { EngineLab } from '../../../support/engineLab.js';

const minute = 60_000;
const jobArn = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/job';

describe('a pre-annotation function', () => {
  let lab: EngineLab;
  let worker: Worker;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    worker = lab.addWorker('anna@example.org');
  });

  async function answerAll(): Promise<void> {
    answerWithIds(lab, worker);
    await lab.engine.idle();
  }

  it('gets the manifest line, and its answer is what the template sees', async () => {
    const pre = lab.functions.add('pre', ({ dataObject }) => ({ taskInput: { text: dataObject ?? '', more: true } }));
    await createCustomJob(lab, { pre });
    assert.deepEqual(lab.functions.events[0], {
      version: '2018-10-16',
      labelingJobArn: jobArn,
      dataObject: { source: 'a', hint: [1] },
    });
    assert.equal(lab.functions.events.length, 3);
    const [first] = lab.take(worker);
    assert.deepEqual(first?.taskInput, { text: { source: 'a', hint: [1] }, more: true });
    assert.deepEqual(acceptTask(lab.portal, worker, first.taskId).taskInput, first.taskInput);
    submitAnswer(lab.portal, worker, { taskId: first.taskId, answerContent: {} });
    const undone = undoLastAnswer(lab.portal, worker, first.jobReferenceCode);
    assert.deepEqual(undone.taskInput, first.taskInput);
  });

  it('may say that nobody need look at an object, which then stays as it is', async () => {
    const pre = lab.functions.add('pre', ({ dataObject }) => ({
      taskInput: {},
      isHumanAnnotationRequired: (dataObject as JsonObject)['source'] !== 'b',
    }));
    await createCustomJob(lab, { pre });
    assert.equal(await lab.counts(), 'InProgress 0+0+3');
    await answerAll();
    assert.equal(await lab.counts(), 'Completed 2+0+1');
    assert.equal(lab.manifest()[1], customLines[1]);
  });

  const wrong: readonly { readonly name: string; readonly run: () => JsonValue; readonly reason: string }[] = [
    {
      name: 'throws',
      run: () => {
        throw new FunctionFailure('no such \u0022key\u0022');
      },
      reason: 'The pre-annotation function ARN failed: no such \\"key\\"',
    },
    {
      name: 'answers no task input',
      run: () => ({ taskinput: {} }),
      reason: 'The answer of the pre-annotation function ARN has no \\"taskInput\\" that is an object.',
    },
    {
      name: 'answers nothing',
      run: () => null,
      reason: 'The answer of the pre-annotation function ARN has no \\"taskInput\\" that is an object.',
    },
    {
      name: 'answers too much',
      run: () => ({ taskInput: { text: 'x'.repeat(1_000_000) } }),
      reason: 'The answer of the pre-annotation function ARN has a \\"taskInput\\" of more than 1 MB.',
    },
  ];
  for (const { name, run, reason } of wrong) {
    it(`that ${name} fails its object, and it alone`, async () => {
      const pre = lab.functions.add('pre', ({ dataObject }) =>
        (dataObject as JsonObject)['source'] === 'b' ? run() : { taskInput: {} },
      );
      await createCustomJob(lab, { pre });
      assert.equal(await lab.counts(), 'InProgress 0+1+2');
      await answerAll();
      assert.equal(lab.manifest()[1], `{"source":"b",${failedMetadata(reason.replace('ARN', pre))}`);
    });
  }

  it('is waited for when it cannot be called', async () => {
    const pre = lab.functions.add('pre', () => ({ taskInput: {} }));
    lab.functions.areAway = true;
    await createCustomJob(lab, { pre });
    assert.deepEqual(lab.take(worker), []);
    assert.match(lab.log.at(-1) ?? '', /^labeling job "Job": The function .* cannot be reached$/u);
    lab.functions.areAway = false;
    lab.clock.advance(5_000);
    await lab.engine.idle();
    assert.equal(lab.take(worker).length, 3);
  });

  it('fails the job when it cannot be called for five minutes, and what was answered is labeled', async () => {
    const pre = lab.functions.add('pre', () => ({ taskInput: {} }));
    await createCustomJob(lab, { pre }, { MaxConcurrentTaskCount: 1 });
    lab.functions.areAway = true;
    await answerAll();
    for (let passed = 0; passed < 5 * minute; passed += 5_000) {
      assert.equal(await lab.counts(), 'InProgress 1+0+2');
      lab.clock.advance(5_000);
      await lab.engine.idle();
    }
    assert.equal(await lab.counts(), 'Failed 1+0+2');
    assert.match((await lab.describe()).FailureReason ?? '', /^ClientError: The function .*:pre cannot be reached$/u);
    assert.match(lab.manifest()[0] ?? '', /"Job":\{\}/u);
  });
});
