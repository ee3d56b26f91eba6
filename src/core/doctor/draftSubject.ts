import { filledLabels, minutes, regionOf, wholeNumber } from '../jobs/checkDraft.js';
import { jobTemplate } from '../jobs/jobTemplate.js';
import { folderPrefix, type LabelingJobDraft } from '../jobs/labelingJobDraft.js';
import { taskAvailabilitySeconds } from '../jobs/labelingJobPlan.js';
import { annotationConsolidationLambdaArn, preHumanTaskLambdaArn } from '../labels/builtInFunctions.js';
import { parseS3Uri } from '../s3Uri.js';
import type { JobChange, JobInputPlace, Subject } from './subject.js';

/** What is typed into the form, right or wrong; the form itself says of each field what is missing. */
export function draftSubject(draft: LabelingJobDraft): Subject {
  const manifest = draft.inputKind === 'manifest' ? parseS3Uri(draft.inputManifest.trim()) : undefined;
  const input: JobInputPlace | undefined = manifest
    ? { kind: 'manifest', uri: manifest }
    : draft.inputKind === 'folder' && draft.inputBucket !== ''
      ? { kind: 'folder', bucket: draft.inputBucket, prefix: folderPrefix(draft.inputFolder) }
      : undefined;
  const region = regionOf(draft.teamArn);
  const name = draft.jobName.trim();
  const outputPath = parseS3Uri(draft.outputPath.trim());
  return {
    title: 'the form of a new labeling job',
    buckets: manifest ? [manifest.bucket] : draft.inputBucket === '' ? [] : [draft.inputBucket],
    ...(input && { input }),
    teams: draft.teamArn === '' ? 'none' : 'ofJob',
    job: {
      name,
      labelAttributeName: name,
      ...(outputPath && { outputPath }),
      roleArn: draft.roleArn,
      teamArn: draft.teamArn,
      workersPerObject: wholeNumber(draft.workersPerObject) ?? 0,
      taskTimeLimitSeconds: Math.round((minutes(draft.taskTimeLimitMinutes) ?? 0) * 60),
      availabilitySeconds: taskAvailabilitySeconds,
      preHumanTaskLambdaArn: preHumanTaskLambdaArn(region, 'ImageMultiClass') ?? '',
      annotationConsolidationLambdaArn: annotationConsolidationLambdaArn(region, 'ImageMultiClass') ?? '',
      labels: filledLabels(draft.labels),
      templateText: jobTemplate(draft),
    },
  };
}

/** The form after a change; what it has no field for stays. */
export function changedDraft(draft: LabelingJobDraft, change: JobChange): LabelingJobDraft {
  return {
    ...draft,
    ...(change.name !== undefined && { jobName: change.name }),
    ...(change.workersPerObject !== undefined && { workersPerObject: String(change.workersPerObject) }),
    ...(change.taskTimeLimitSeconds !== undefined && {
      taskTimeLimitMinutes: String(change.taskTimeLimitSeconds / 60),
    }),
    ...(change.labels !== undefined && { labels: change.labels }),
  };
}
