import assert from 'node:assert/strict';
import { explainFailure } from '../../../../src/core/jobs/failureCause.js';
import { expiredTasks } from '../../../../src/local/labeling/failures.js';

describe('the cause behind a failure reason', () => {
  for (const [reason, cause, step] of [
    [`ClientError: ${expiredTasks}`, 'tasksExpired', 'showOutputManifest'],
    ['ClientError: Access Denied when reading s3://bucket/a.manifest', 'accessDenied', 'runDoctor'],
    ['The user is not authorized to perform: s3:GetObject', 'accessDenied', 'runDoctor'],
    [
      'ClientError: The input manifest s3://b/in.manifest does not exist or cannot be read.',
      'manifestMissing',
      'createLabelingJob',
    ],
    ['ClientError: The input manifest s3://b/in.manifest has no objects.', 'manifestUnusable', 'createLabelingJob'],
    ['ClientError: The input manifest has more than 100000 objects.', 'manifestUnusable', 'createLabelingJob'],
    ['ClientError: The worker task template s3://b/t is too large.', 'toolUnusable', 'createLabelingJob'],
    ['ClientError: The function arn:… cannot be reached at http://…', 'functionFailed', 'runDoctor'],
    ['InternalServerError: please try again', 'serviceFailed', 'createLabelingJob'],
    ['ClientError: something that nobody has seen yet', 'unknown', 'runDoctor'],
    ['', 'unknown', 'runDoctor'],
    [undefined, 'unknown', 'runDoctor'],
  ] as const) {
    it(`is ${cause}: ${String(reason).slice(0, 60)}`, () => {
      const explanation = explainFailure(reason);
      assert.equal(explanation.cause, cause);
      assert.equal(explanation.steps[0], step);
    });
  }
});
