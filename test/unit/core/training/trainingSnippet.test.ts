import assert from 'node:assert/strict';
import type { TrainingTask } from '../../../../src/core/training/trainingJob.js';
import { createTrainingJobRequest } from '../../../../src/core/training/trainingJob.js';
import { type SnippetLanguage, trainingSnippet } from '../../../../src/core/training/trainingSnippet.js';
import { trainingPlan } from '../../../support/trainingPlan.js';

const tasks: readonly { readonly task: TrainingTask; readonly contentType: string; readonly parameters: object }[] = [
  { task: 'imageClassification', contentType: 'application/x-recordio', parameters: { image_shape: '3,224,224' } },
  {
    task: 'imageMultiLabelClassification',
    contentType: 'application/x-recordio; label-format=class-id',
    parameters: { image_shape: '3,224,224', multi_label: '1' },
  },
  { task: 'objectDetection', contentType: 'application/x-recordio', parameters: { base_network: 'resnet-50' } },
];

describe('createTrainingJobRequest', () => {
  for (const { task, contentType, parameters } of tasks) {
    it(`streams both manifests for ${task}, the picture before its label`, () => {
      const request = createTrainingJobRequest({ ...trainingPlan, task });
      assert.deepEqual(request['InputDataConfig'], [
        { ...channel('train', contentType), ShuffleConfig: { Seed: 7 } },
        channel('validation', contentType),
      ]);
      const told = request['HyperParameters'] as Readonly<Record<string, string>>;
      assert.deepEqual({ ...told, ...parameters }, told);
      assert.deepEqual([told['num_classes'], told['num_training_samples']], ['2', '320']);
    });
  }

  it('asks for no batch that is larger than the data set', () => {
    const { HyperParameters: told } = createTrainingJobRequest({ ...trainingPlan, trainingSamples: 20 });
    assert.equal((told as Readonly<Record<string, string>>)['mini_batch_size'], '20');
  });
});

describe('trainingSnippet', () => {
  const languages: readonly SnippetLanguage[] = ['pythonSdk', 'boto3', 'awsCli'];
  for (const language of languages) {
    it(`asks the SageMaker Python SDK for the image where it is not known, in ${language}`, () => {
      const asking = trainingSnippet(trainingPlan, language);
      assert.match(asking, /pip install "sagemaker<3"/u);
      assert.match(asking, /image_uris\.retrieve\("image-classification", "us-east-1"\)/u);
      const knowing = trainingSnippet(trainingPlan, language, 'account.dkr.ecr.us-east-1.amazonaws.com/image:1');
      assert.doesNotMatch(knowing, /image_uris/u);
      assert.match(knowing, /account\.dkr\.ecr/u);
    });
  }
});

function channel(name: 'train' | 'validation', contentType: string) {
  return {
    ChannelName: name,
    DataSource: {
      S3DataSource: {
        S3DataType: 'AugmentedManifestFile',
        S3Uri: trainingPlan[`${name}Manifest`],
        S3DataDistributionType: 'FullyReplicated',
        AttributeNames: ['source-ref', 'cats-and-dogs'],
      },
    },
    ContentType: contentType,
    CompressionType: 'None',
    RecordWrapperType: 'RecordIO',
    InputMode: 'Pipe',
  };
}
