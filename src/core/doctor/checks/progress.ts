import { counted } from '../counted.js';
import { type Check, ok, type Outcome, warning } from '../check.js';
import type { LabelingJob } from '../../ports.js';

/** Why nothing happens. */
export const stalled: Check = {
  id: 'job.stalled',
  stage: 8,
  title: 'Whether jobs go on',
  async run(examination, signal) {
    const { job, subject, services } = examination;
    if (!job?.created && subject.teams !== 'all') {
      return [];
    }
    const jobs = job?.created ? [job.created] : await services.labelingJobs.list(signal);
    const running = jobs.filter(({ status }) => status === 'InProgress' || status === 'Initializing');
    if (running.length === 0 && !job) {
      return [warning('Labeling jobs', 'No labeling job is running, so no worker has a task: create one.')];
    }
    return running.map((each): Outcome => {
      const { humanLabeled, unlabeled, failedNonRetryableError: failed } = each.counters;
      const look = [examination.aws('sagemaker', 'describe-labeling-job', '--labeling-job-name', each.name)];
      if (each.failureReason !== undefined) {
        return { status: 'error', where: each.name, cause: each.failureReason, commands: look }; // What it waits for.
      }
      return humanLabeled === 0
        ? warning(
            each.name,
            `It is running, and nothing is labeled yet: ${unlabeled} objects wait, ${failed} have failed. The lines about its team say whether somebody can label it.`,
            { commands: look },
          )
        : ok(each.name, `${humanLabeled} objects are labeled, ${unlabeled} wait, ${failed} have failed.`, look);
    });
  },
};

/** "Completed" does not say that every object has a label. */
export const resultMissing: Check = {
  id: 'result.missing',
  stage: 9,
  title: 'Whether every object got a label',
  run(examination) {
    const { created } = examination.job ?? {};
    if (!created || created.status === 'InProgress' || created.status === 'Initializing') {
      return Promise.resolve([]);
    }
    return Promise.resolve([endOutcome(created)]);
  },
};

function endOutcome({ name, status, failureReason, counters }: LabelingJob): Outcome {
  const { totalLabeled, failedNonRetryableError: failed, unlabeled } = counters;
  if (failureReason !== undefined && failureReason !== '') {
    return { status: 'error', where: name, cause: `The job is "${status}": ${failureReason}` };
  }
  const missing = failed + unlabeled;
  return missing === 0
    ? ok(name, `${counted(totalLabeled, 'object is', 'objects are')} labeled: all of them.`)
    : warning(
        name,
        `${counted(missing, 'object has', 'objects have')} no label: ${failed} failed or ran out of time, ${unlabeled} were not labeled before the job ended. Open its output manifest and choose "Relabel": the new job gets these objects alone.`,
      );
}
