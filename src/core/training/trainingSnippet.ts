import { python, shell } from '../snippets.js';
import {
  algorithmOf,
  attributeNames,
  createTrainingJobRequest,
  trainingInstance,
  type TrainingJobPlan,
} from './trainingJob.js';

export type SnippetLanguage = 'pythonSdk' | 'boto3' | 'awsCli';

/**
 * What starts the training, to be pasted where it is run. The address of the algorithm's image differs by region; where
 * it is not given, the SageMaker Python SDK (2.x) is asked for it.
 */
export function trainingSnippet(plan: TrainingJobPlan, language: SnippetLanguage, trainingImage?: string): string {
  switch (language) {
    case 'pythonSdk':
      return pythonSdk(plan, trainingImage);
    case 'boto3':
      return boto3(plan, trainingImage);
    case 'awsCli':
      return awsCli(plan, trainingImage);
  }
}

function pythonSdk(plan: TrainingJobPlan, trainingImage: string | undefined): string {
  const { contentType, hyperparameters } = algorithmOf(plan);
  const channel = (manifest: string, shuffle: string): string =>
    [
      'TrainingInput(',
      `        ${python(manifest)},`,
      '        s3_data_type="AugmentedManifestFile",',
      `        attribute_names=${python(attributeNames(plan))},`,
      `        content_type=${python(contentType)},`,
      '        record_wrapping="RecordIO",',
      '        input_mode="Pipe",',
      ...(shuffle === '' ? [] : [`        shuffle_config=${shuffle},`]),
      '    )',
    ].join('\n');
  return `${[
    '# pip install "sagemaker<3"',
    'import boto3',
    'import sagemaker',
    'from sagemaker.estimator import Estimator',
    'from sagemaker.inputs import ShuffleConfig, TrainingInput',
    '',
    `session = sagemaker.Session(boto3.Session(region_name=${python(plan.region)}))`,
    'estimator = Estimator(',
    `    image_uri=${imageExpression(plan, trainingImage, 'sagemaker.image_uris')},`,
    `    role=${python(plan.roleArn)},`,
    '    instance_count=1,',
    `    instance_type=${python(trainingInstance.type)},`,
    `    volume_size=${trainingInstance.volumeGigabytes},`,
    `    max_run=${trainingInstance.maximumSeconds},`,
    '    input_mode="Pipe",',
    `    output_path=${python(plan.outputPath)},`,
    `    hyperparameters=${python(hyperparameters, '    ')},`,
    '    sagemaker_session=session,',
    ')',
    'estimator.fit(',
    '    {',
    `    "train": ${channel(plan.trainManifest, `ShuffleConfig(seed=${plan.shuffleSeed})`)},`,
    `    "validation": ${channel(plan.validationManifest, '')},`,
    '    },',
    `    job_name=${python(plan.jobName)},`,
    ')',
  ].join('\n')}\n`;
}

function boto3(plan: TrainingJobPlan, trainingImage: string | undefined): string {
  const imports =
    trainingImage === undefined ? ['# pip install "sagemaker<3"', 'from sagemaker import image_uris'] : [];
  return `${[
    'import boto3',
    ...imports,
    '',
    `request = ${python(createTrainingJobRequest(plan))}`,
    'request["AlgorithmSpecification"] = {',
    `    "TrainingImage": ${imageExpression(plan, trainingImage, 'image_uris')},`,
    '    "TrainingInputMode": "Pipe",',
    '}',
    `sagemaker = boto3.client("sagemaker", region_name=${python(plan.region)})`,
    'print(sagemaker.create_training_job(**request)["TrainingJobArn"])',
  ].join('\n')}\n`;
}

function awsCli(plan: TrainingJobPlan, trainingImage: string | undefined): string {
  const { framework } = algorithmOf(plan);
  const program = `from sagemaker import image_uris; print(image_uris.retrieve("${framework}", "${plan.region}"))`;
  const image =
    trainingImage === undefined
      ? ['# pip install "sagemaker<3"', `training_image=$(python3 -c '${program}')`]
      : [`training_image=${shell(trainingImage)}`];
  return `${[
    ...image,
    "cat > training-job.json <<'END'",
    JSON.stringify(createTrainingJobRequest(plan), undefined, 2),
    'END',
    'aws sagemaker create-training-job \\',
    `  --region ${shell(plan.region)} \\`,
    '  --cli-input-json file://training-job.json \\',
    '  --algorithm-specification "TrainingImage=$training_image,TrainingInputMode=Pipe"',
  ].join('\n')}\n`;
}

function imageExpression(plan: TrainingJobPlan, trainingImage: string | undefined, imageUris: string): string {
  return trainingImage === undefined
    ? `${imageUris}.retrieve(${python(algorithmOf(plan).framework)}, ${python(plan.region)})`
    : python(trainingImage);
}
