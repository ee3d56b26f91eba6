import { emptyDraft, type LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';

/** The lab's own job: nothing is wrong with it. */
export const labDraft: LabelingJobDraft = {
  ...emptyDraft,
  jobName: 'groundtruth-labeling-job-cat-dog',
  inputBucket: 'ground-truth-labeling-sm',
  inputFolder: 'traindata_cat_dog_images_20/',
  outputPath: 's3://ground-truth-labeling-sm/output/',
  roleArn: 'arn:aws:iam::111122223333:role/service-role/AmazonSageMaker-ExecutionRole-20240916T010074',
  teamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/my-team',
  instruction: "Please classify the images as 'cat' or 'dog'",
  goodExample: { picture: 's3://ground-truth-labeling-sm/traindata_cat_dog_images_20/100.jpg', description: 'A cat' },
  badExample: { picture: '', description: '' },
  labels: ['cat', 'dog'],
};
