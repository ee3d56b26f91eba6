import { jsonText } from './jsonText.js';
import { ensureUnchanged } from './changedMeanwhile.js';
import type { Examination } from './examination.js';
import type { Fix } from './report.js';
import type { JobChange, JobFacts } from './subject.js';

/** What a fix of the job itself would change; `undefined` where the job exists already, which nothing changes. */
export function jobFix(examination: Examination, title: string, change: JobChange): Fix | undefined {
  const { job, changeJob } = examination;
  if (!job || !changeJob) {
    return undefined;
  }
  return {
    title,
    fileName: 'Labeling job.json',
    before: jsonText(changed(job, change)),
    after: jsonText(change),
    commands: [],
    apply: () => changeJob(change),
  };
}

/** Said of what would have had to be otherwise when the job was created. */
export const cannotChange = 'A job cannot be changed once it is created: stop it, and create another.';

/** Throws where what would change is not what was shown of it any more: somebody goes on with the form. */
export function ensureSameJob(change: JobChange, shown: JobFacts | undefined, now: JobFacts | undefined): void {
  ensureUnchanged('Labeling job', shown && changed(shown, change), now && changed(now, change));
}

function changed(job: JobFacts, change: JobChange): JobChange {
  return Object.fromEntries(Object.keys(change).map((name) => [name, job[name as keyof JobChange]]));
}
