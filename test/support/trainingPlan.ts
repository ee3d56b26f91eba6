import type { TrainingJobPlan } from '../../src/core/training/trainingJob.js';

export const trainingPlan: TrainingJobPlan = {
  task: 'imageClassification',
  jobName: 'cats-and-dogs-1',
  roleArn: 'arn:aws:iam::123456789012:role/service-role/Training',
  region: 'us-east-1',
  trainManifest: 's3://bucket/split/it\'s "train".manifest',
  validationManifest: 's3://bucket/split/größe/validation.manifest',
  outputPath: 's3://bucket/models/',
  labelAttributeName: 'cats-and-dogs',
  trainingSamples: 320,
  classes: 2,
  shuffleSeed: 7,
};
