import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../../src/core/json.js';
import { undoLastAnswer } from '../../../../src/local/labeling/answers.js';
import { EventLog } from '../../../../src/local/labeling/eventLog.js';
import { acceptTask, declineTask, releaseTask, stopWorking } from '../../../../src/local/labeling/handOut.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { run } from '../../../../src/local/records.js';
import { EngineLab, identity, pictureLines } from '../../../support/engineLab.js';

const arn = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/job';

describe('the log of labeling events', () => {
  let lab: EngineLab;
  let worker: Worker;
  let folder: string;
  let file: string;
  let events: EventLog;
  let added: number;
  beforeEach(async () => {
    added = 0;
    lab = new EngineLab();
    await lab.prepare();
    worker = lab.addWorker('anna@example.org');
    folder = await mkdtemp(join(tmpdir(), 'event-log-'));
    file = join(folder, 'labeling-events.jsonl');
    events = newLog();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function newLog(largestBytes?: number): EventLog {
    const { database, clock } = lab;
    const log = (line: string): void => void lab.log.push(line);
    return new EventLog({ database, identity, clock, file, log, ...(largestBytes !== undefined && { largestBytes }) });
  }

  async function records(path = file): Promise<readonly JsonObject[]> {
    const text = await readFile(path, 'utf8');
    assert.ok(text.endsWith('\n'));
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonObject);
  }

  async function types(): Promise<string> {
    const all = await records();
    const found = all.map((each) => each['event_type'] ?? (each['detail'] as JsonObject)['LabelingJobStatus']);
    return (found as string[]).join();
  }

  it('has what EventBridge is told of a job that has ended, and what workers did', async () => {
    await lab.createJob({ lines: pictureLines(1) });
    const [task] = lab.take(worker);
    assert.ok(task);
    lab.answer(worker, task, 'cat', 5);
    await lab.engine.idle();
    await events.flush();
    const { JobReferenceCode: reference } = await lab.describe();
    const [accepted, submitted, completed, ...others] = await records();
    assert.deepEqual(others, []);
    const activity = {
      worker_id: submitted?.['worker_id'],
      cognito_user_pool_id: lab.userPool,
      cognito_sub_id: worker.sub,
      task_accepted_time: 'Mon Nov 23 10:00:00 UTC 2026',
      task_submitted_time: '',
      task_returned_time: '',
      task_declined_time: '',
      workteam_arn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/team',
      labeling_job_arn: arn,
      work_requester_account_id: '111122223333',
      job_reference_code: reference,
      job_type: 'Private',
    };
    assert.deepEqual(accepted, { ...activity, event_type: 'TasksAccepted', event_timestamp: '1795428000' });
    assert.deepEqual(submitted, {
      ...activity,
      task_submitted_time: 'Mon Nov 23 10:00:05 UTC 2026',
      event_type: 'TasksSubmitted',
      event_timestamp: '1795428005',
    });
    assert.match(submitted['worker_id'] as string, /^private\.us-east-1\.[\da-f]{16}$/u);
    assert.deepEqual(completed, {
      version: '0',
      id: completed?.['id'],
      'detail-type': 'SageMaker Ground Truth Labeling Job State Change',
      source: 'aws.sagemaker',
      account: '111122223333',
      time: '2026-11-23T10:00:05Z',
      region: 'us-east-1',
      resources: [arn],
      detail: { LabelingJobStatus: 'Completed' },
    });
  });

  it('tells of every task that is accepted how it ended', async () => {
    await lab.createJob({ lines: pictureLines(9), task: { NumberOfHumanWorkersPerDataObject: 2 } });
    const { JobReferenceCode: reference } = await lab.describe();
    const accept = (): string => {
      const taskId = lab.take(worker, 1)[0]?.taskId ?? '';
      return acceptTask(lab.portal, worker, taskId).taskId;
    };
    declineTask(lab.portal, worker, accept());
    releaseTask(lab.portal, worker, accept());
    accept();
    stopWorking(lab.portal, worker, reference);
    accept();
    lab.clock.advance(5 * 60_000); // Its time is up.
    const [task] = lab.take(worker, 1);
    assert.ok(task);
    lab.answer(worker, task, 'cat');
    releaseTask(lab.portal, worker, undoLastAnswer(lab.portal, worker, reference).taskId);
    accept();
    await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Job' });
    await lab.engine.idle();
    await events.flush();
    assert.equal(
      await types(),
      'TasksAccepted,TasksDeclined,TasksAccepted,TasksReturned,TasksAccepted,TasksReturned,TasksAccepted,' +
        'TasksReturned,TasksAccepted,TasksSubmitted,TasksAccepted,TasksReturned,TasksAccepted,TasksReturned,Stopped',
    );
  });

  it('tells of a job that failed', async () => {
    await lab.createJob({ lines: [''] });
    await events.flush();
    assert.equal(await types(), 'Failed');
  });

  it('is written soon after it is told that there is something, with what came meanwhile', async () => {
    await lab.createJob({ lines: [''] });
    events.wake();
    await lab.createJob({ name: 'Other', lines: [''] });
    events.wake();
    lab.clock.advance(250);
    await events.flush();
    assert.equal(await types(), 'Failed,Failed');
  });

  it('has each event once, whatever a killed server left in the file', async () => {
    addEvents(3);
    await events.flush();
    const before = await readFile(file, 'utf8');
    addEvents(2);
    // It was killed in the middle of a line: events 4 and 5 are still to be written.
    await appendFile(file, `${before.split('\n')[0]}\n{"version":"0","id"`);
    await newLog().flush();
    assert.equal((await records()).length, 5);
    assert.ok((await readFile(file, 'utf8')).startsWith(before));
  });

  it('goes on in a new file when one is full, keeps the one before, and no more', async () => {
    const size = 100; // Some 45 KB.
    events = newLog(40_000);
    for (let round = 1; round <= 5; round += 1) {
      addEvents(size / 2);
      await events.flush();
    }
    const [current, last] = [(await stat(file)).size, (await stat(`${file}.1`)).size];
    assert.ok(current < 40_000 && last >= 40_000 && last < 60_000, `${current} and ${last} bytes`);
    const kept = [...(await records(`${file}.1`)), ...(await records())].map(({ event_timestamp: time }) =>
      Number(time),
    );
    const all = 2.5 * size;
    assert.deepEqual(
      kept,
      Array.from({ length: kept.length }, (_, index) => all - kept.length + index),
    );
    assert.ok(kept.length >= size && kept.length < all);
  });

  it('goes on where somebody has deleted it, or it was put aside when the server was killed', async () => {
    addEvents(3);
    await events.flush();
    await rm(file);
    addEvents(2);
    await newLog().flush();
    assert.equal((await records()).length, 2);
  });

  it('is written later where it cannot be written now', async () => {
    await writeFile(join(folder, 'blocked'), '');
    file = join(folder, 'blocked', 'labeling-events.jsonl');
    events = newLog();
    addEvents(1);
    await events.flush();
    assert.match(lab.log.at(-1) ?? '', /could not write ".*labeling-events\.jsonl": Error: E/u);
    await rm(join(folder, 'blocked'));
    lab.clock.advance(5_000);
    await events.flush();
    assert.equal((await records()).length, 1);
  });

  /** Of one job; their times are the seconds from 0. */
  function addEvents(count: number): void {
    if (added === 0) {
      run(
        lab.database,
        `INSERT INTO labeling_jobs (id, name, reference_code, request, workteam, status, created_at, modified_at)
         VALUES (7, 'seven', 'ref', '{"HumanTaskConfig":{"WorkteamArn":"arn"}}', 'team', 'Stopped', 0, 0)`,
      );
    }
    for (let index = 0; index < count; index += 1) {
      run(
        lab.database,
        `INSERT INTO labeling_events (job, type, at, sub, pool_id, accepted_at) VALUES (7, 'TasksDeclined', ?, 's', 'p', 0)`,
        added * 1_000,
      );
      added += 1;
    }
  }
});
