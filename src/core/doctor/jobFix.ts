import { jsonText } from './jsonText.js';
import type { Examination } from './examination.js';
import type { Fix } from './report.js';
import type { JobChange } from './subject.js';

/** What a fix of the job itself would change; `undefined` where the job exists already, which nothing changes. */
export function jobFix(examination: Examination, title: string, change: JobChange): Fix | undefined {
  const { job, changeJob } = examination;
  if (!job || !changeJob) {
    return undefined;
  }
  const before = Object.fromEntries(Object.keys(change).map((name) => [name, job[name as keyof JobChange]]));
  return {
    title,
    fileName: 'Labeling job.json',
    before: jsonText(before),
    after: jsonText(change),
    commands: [],
    apply: () => changeJob(change),
  };
}

/** Said of what would have had to be otherwise when the job was created. */
export const cannotChange = 'A job cannot be changed once it is created: stop it, and create another.';
