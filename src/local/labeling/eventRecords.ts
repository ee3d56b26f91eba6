import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../core/json.js';
import type { Identity } from '../http/services.js';
import { jobArn } from './jobArn.js';
import type { EventRow } from './labelingEvents.js';
import { workerId } from './workers.js';

/** An event with what its record says of the job. */
export interface JobEventRow extends EventRow {
  readonly name: string;
  readonly reference_code: string;
  readonly workteam_arn: string;
}

/**
 * What AWS would tell of the event: EventBridge gets the end of a job, and the log group
 * `/aws/sagemaker/groundtruth/WorkerActivity` what workers do.
 */
export function eventRecord(row: JobEventRow, identity: Identity): JsonObject {
  switch (row.type) {
    case 'Completed':
    case 'Failed':
    case 'Stopped':
      return stateChange(row, identity);
    case 'TasksAccepted':
    case 'TasksSubmitted':
    case 'TasksReturned':
    case 'TasksDeclined':
      return workerActivity(row, identity);
  }
}

function stateChange(row: JobEventRow, identity: Identity): JsonObject {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'SageMaker Ground Truth Labeling Job State Change',
    source: 'aws.sagemaker',
    account: identity.accountId,
    time: `${new Date(row.at).toISOString().slice(0, 19)}Z`,
    region: identity.region,
    resources: [jobArn(row, identity)],
    detail: { LabelingJobStatus: row.type },
  };
}

function workerActivity(row: JobEventRow, identity: Identity): JsonObject {
  const timeOf = (type: EventRow['type']): string => (row.type === type ? activityTime(row.at) : '');
  const sub = row.sub ?? '';
  return {
    worker_id: workerId(sub, identity),
    cognito_user_pool_id: row.pool_id ?? '',
    cognito_sub_id: sub,
    task_accepted_time: activityTime(row.accepted_at ?? row.at),
    task_submitted_time: timeOf('TasksSubmitted'),
    task_returned_time: timeOf('TasksReturned'),
    task_declined_time: timeOf('TasksDeclined'),
    workteam_arn: row.workteam_arn,
    labeling_job_arn: jobArn(row, identity),
    work_requester_account_id: identity.accountId,
    job_reference_code: row.reference_code,
    job_type: 'Private',
    event_type: row.type,
    event_timestamp: String(Math.floor(row.at / 1_000)),
  };
}

/** `Wed Aug 14 16:00:59 UTC 2019` */
function activityTime(milliseconds: number): string {
  const [weekday = '', day, month, year, time] = new Date(milliseconds).toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} UTC ${year}`;
}
