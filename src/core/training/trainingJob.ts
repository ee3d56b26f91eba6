import type { JsonObject } from '../json.js';

/** What SageMaker's built-in algorithms learn from an output manifest of Ground Truth as it is. */
export type TrainingTask = keyof typeof algorithms;

export interface TrainingJobPlan {
  readonly task: TrainingTask;
  readonly jobName: string;
  readonly roleArn: string;
  readonly region: string;
  /** The URIs of the two manifests, `s3://bucket/train.manifest`. The algorithms ask for both. */
  readonly trainManifest: string;
  readonly validationManifest: string;
  readonly outputPath: string;
  readonly labelAttributeName: string;
  /** How many lines the manifest for training has. */
  readonly trainingSamples: number;
  /** How many classes there are: one more than the largest index, also where some between have no object. */
  readonly classes: number;
  /** The order of the lines is shuffled anew in each epoch, beginning with this. */
  readonly shuffleSeed: number;
}

export interface Algorithm {
  /** Of its image, for the SageMaker Python SDK. */
  readonly framework: string;
  /** Ground Truth writes several classes as a list of their indexes, which is not what the algorithm takes by default. */
  readonly contentType: string;
  readonly hyperparameters: Readonly<Record<string, string>>;
}

const algorithms = {
  imageClassification: {
    framework: 'image-classification',
    contentType: 'application/x-recordio',
    hyperparameters: { image_shape: '3,224,224', epochs: '10', mini_batch_size: '32', use_pretrained_model: '1' },
  },
  imageMultiLabelClassification: {
    framework: 'image-classification',
    contentType: 'application/x-recordio; label-format=class-id',
    hyperparameters: {
      image_shape: '3,224,224',
      epochs: '10',
      mini_batch_size: '32',
      use_pretrained_model: '1',
      multi_label: '1',
    },
  },
  objectDetection: {
    framework: 'object-detection',
    contentType: 'application/x-recordio',
    hyperparameters: { base_network: 'resnet-50', epochs: '30', mini_batch_size: '16', use_pretrained_model: '1' },
  },
} as const satisfies Readonly<Record<string, Algorithm>>;

export function algorithmOf({ task, classes, trainingSamples }: TrainingJobPlan): Algorithm {
  const { hyperparameters, ...algorithm } = algorithms[task];
  // An epoch must have a whole batch at least.
  const batch = Math.max(1, Math.min(Number(hyperparameters.mini_batch_size), trainingSamples));
  return {
    ...algorithm,
    hyperparameters: {
      ...hyperparameters,
      mini_batch_size: String(batch),
      num_classes: String(classes),
      num_training_samples: String(trainingSamples),
    },
  };
}

/** The order is that of the stream: the algorithms expect the picture first and its label after it. */
export function attributeNames({ labelAttributeName }: TrainingJobPlan): readonly string[] {
  return ['source-ref', labelAttributeName];
}

export const trainingInstance = { type: 'ml.g4dn.xlarge', volumeGigabytes: 50, maximumSeconds: 3_600 };

/** The request of CreateTrainingJob, but for where the algorithm's image is. */
export function createTrainingJobRequest(plan: TrainingJobPlan): JsonObject {
  const { contentType, hyperparameters } = algorithmOf(plan);
  const channel = (name: string, manifest: string): JsonObject => ({
    ChannelName: name,
    DataSource: {
      S3DataSource: {
        S3DataType: 'AugmentedManifestFile',
        S3Uri: manifest,
        S3DataDistributionType: 'FullyReplicated',
        AttributeNames: attributeNames(plan),
      },
    },
    ContentType: contentType,
    CompressionType: 'None',
    RecordWrapperType: 'RecordIO',
    InputMode: 'Pipe', // Augmented manifests are streamed, never downloaded.
    ...(name === 'train' && { ShuffleConfig: { Seed: plan.shuffleSeed } }),
  });
  return {
    TrainingJobName: plan.jobName,
    RoleArn: plan.roleArn,
    InputDataConfig: [channel('train', plan.trainManifest), channel('validation', plan.validationManifest)],
    OutputDataConfig: { S3OutputPath: plan.outputPath },
    ResourceConfig: {
      InstanceType: trainingInstance.type,
      InstanceCount: 1,
      VolumeSizeInGB: trainingInstance.volumeGigabytes,
    },
    StoppingCondition: { MaxRuntimeInSeconds: trainingInstance.maximumSeconds },
    HyperParameters: hyperparameters,
  };
}
