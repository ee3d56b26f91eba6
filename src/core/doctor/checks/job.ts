import { jobNamePattern } from '../../jobs/jobConstraints.js';
import { taskAvailabilitySeconds } from '../../jobs/labelingJobPlan.js';
import { labelAttributeNameProblem, type LabelAttributeNameProblem } from '../../labels/labelAttributeName.js';
import { type Check, failing, ok, type Outcome, warning } from '../check.js';
import type { Examination } from '../examination.js';
import { cannotChange, jobFix } from '../jobFix.js';

/** Jobs are never deleted, so a name is used up for ever. */
export const jobName: Check = {
  id: 'job.name',
  stage: 8,
  title: 'The name of the job',
  async run(examination, signal) {
    const { job } = examination;
    if (!job || job.created || job.name === '') {
      return [];
    }
    if (!jobNamePattern.test(job.name)) {
      return [failing(job.name, 'A job’s name has letters, digits and single hyphens between them, 63 at most.')];
    }
    const jobs = await examination.services.labelingJobs.list(signal);
    const names = new Set(jobs.map(({ name }) => name.toLowerCase()));
    if (!names.has(job.name.toLowerCase())) {
      return [ok(job.name, 'The name is free. It stays used: AWS has no way to delete a labeling job.')];
    }
    const fix = jobFix(examination, 'Take the next name that is free', { name: freeName(job.name, names) });
    return [
      failing(
        job.name,
        'There is a job of this name. Names are compared without regard to case, and never become free.',
        {
          ...(fix && { fix }),
        },
      ),
    ];
  },
};

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const candidate = `${name.slice(0, 59)}-${number}`;
    if (!taken.has(candidate.toLowerCase())) {
      return candidate;
    }
  }
}

const attributeWords: Readonly<Record<LabelAttributeNameProblem, string>> = {
  reserved: 'is a key of the manifest’s own',
  metadataSuffix: 'must not end with "-metadata"',
  refSuffixMissing: 'must end with "-ref" for this kind of task',
  refSuffixForbidden: 'must not end with "-ref" for this kind of task',
};

export const labelAttribute: Check = {
  id: 'job.attr',
  stage: 8,
  title: 'The label attribute name',
  run(examination) {
    const { job, taskType } = examination;
    if (!job || job.labelAttributeName === '') {
      return Promise.resolve([]);
    }
    const name = job.labelAttributeName;
    const problem = labelAttributeNameProblem(name, taskType);
    if (!problem) {
      return Promise.resolve([ok(name, 'Ground Truth takes this name for the labels.')]);
    }
    const bare = name.replace(/-(?:ref|metadata)$/u, '').replace(/^source$/u, 'label');
    const fix = jobFix(examination, 'Take a name that Ground Truth takes', {
      labelAttributeName: problem === 'refSuffixMissing' ? `${bare}-ref` : bare,
    });
    return Promise.resolve([
      failing(name, `The label attribute name ${attributeWords[problem]}.`, { ...(fix && { fix }) }),
    ]);
  },
};

/** What a worker needs for one object, roughly: enough to tell hours from weeks. */
const secondsPerAnswer = { class: 10, drawing: 60 };
const consoleTimeLimitSeconds = 300;
const shortSeconds = 60;

/** A task that runs out is lost to its worker, and an object that nobody took is lost to the job. */
export const timeLimits: Check = {
  id: 'job.timeout',
  stage: 8,
  title: 'The time for tasks',
  async run(examination, signal) {
    const { job, taskType } = examination;
    if (!job || job.taskTimeLimitSeconds === 0) {
      return [];
    }
    const outcomes: Outcome[] = [];
    const answer = /MultiClass|Verification/u.test(taskType ?? '') ? secondsPerAnswer.class : secondsPerAnswer.drawing;
    if (job.taskTimeLimitSeconds < Math.max(shortSeconds, answer * 2)) {
      const fix = jobFix(examination, 'Give five minutes', { taskTimeLimitSeconds: consoleTimeLimitSeconds });
      const cause = `A worker has ${job.taskTimeLimitSeconds} seconds for a task, and what is not submitted by then is lost. The console gives five minutes.`;
      outcomes.push(warning('Time limit of a task', fix ? cause : `${cause} ${cannotChange}`, { ...(fix && { fix }) }));
    }
    const need = await neededSeconds(examination, answer, signal);
    const has = job.availabilitySeconds === 0 ? taskAvailabilitySeconds : job.availabilitySeconds;
    if (need !== undefined && has < need) {
      const change = { availabilitySeconds: Math.max(taskAvailabilitySeconds, Math.min(need, thirtyDays)) };
      const fix = jobFix(examination, `Keep tasks open for ${inWords(change.availabilitySeconds)}`, change);
      const cause = `The team needs about ${inWords(need)} for all objects, and tasks are withdrawn after ${inWords(has)}: the rest would count as failed.`;
      outcomes.push(
        warning('Availability of tasks', fix ? cause : `${cause} ${cannotChange}`, {
          id: 'job.availability',
          ...(fix && { fix }),
        }),
      );
    }
    const estimate = need === undefined ? '' : ` All objects take the team about ${inWords(need)}.`;
    return outcomes.length > 0
      ? outcomes
      : [
          ok(
            'Time for tasks',
            `A worker has ${inWords(job.taskTimeLimitSeconds)} for a task, and tasks are open for ${inWords(has)}.${estimate}`,
          ),
        ];
  },
};

const thirtyDays = 30 * 24 * 60 * 60;

/** `undefined` where objects or members are not known. */
async function neededSeconds(
  examination: Examination,
  answer: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const objects = await examination.objects(signal).catch(() => undefined);
  const [team] = await examination.teams(signal).catch(() => []);
  if (!objects || !team) {
    return undefined;
  }
  const members = (await examination.members(team, signal)).filter(({ isEnabled }) => isEnabled).length;
  const answers = Math.max(objects.lines.length, objects.pictures.length) * (examination.job?.workersPerObject ?? 1);
  return members === 0 ? undefined : Math.ceil((answers * answer) / members);
}

function inWords(seconds: number): string {
  const units = [
    { name: 'day', seconds: 86_400 },
    { name: 'hour', seconds: 3_600 },
    { name: 'minute', seconds: 60 },
  ];
  const unit = units.find((candidate) => seconds >= candidate.seconds) ?? { name: 'second', seconds: 1 };
  const count = Math.round((seconds / unit.seconds) * 10) / 10;
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}
