/** Manifests for tests and screenshots, line by line as Ground Truth writes them. */

const folder = 's3://ground-truth-labeling-xy/traindata_cat_dog_images_20';

interface Labeled {
  readonly attribute?: string;
  readonly confidence: (index: number) => number;
  readonly isMachine?: (index: number) => boolean;
  readonly classes?: readonly string[];
}

/** An output manifest of an image classification job. */
export function classification(objects: number, options: Labeled): string {
  const { attribute = 'cats-and-dogs', confidence, isMachine = () => false, classes = ['cat', 'dog'] } = options;
  const lines = Array.from({ length: objects }, (_, index) => {
    const id = Math.floor(index / 2 + (index % 3)) % classes.length;
    const second = String(index % 60).padStart(2, '0');
    return JSON.stringify({
      'source-ref': `${folder}/${index * 10}.jpg`,
      [attribute]: id,
      [`${attribute}-metadata`]: {
        confidence: confidence(index),
        'job-name': `labeling-job/${attribute}`,
        'class-name': classes[id],
        'human-annotated': isMachine(index) ? 'no' : 'yes',
        'creation-date': `2026-11-23T10:15:${second}.217995`,
        type: 'groundtruth/image-classification',
      },
    });
  });
  return `${lines.join('\n')}\n`;
}

/** The sample output manifest as the lab's page shows it: spread over lines, with commas between, and cut off. */
export const labSample = `{
  "source-ref": "s3://ground-truth-labelling-job-sm/traindata_cat_dog_images_20/0.jpg",
  "groundtruth-labeling-job-cat-dog0408": 0,
  "groundtruth-labeling-job-cat-dog0408-metadata": {
    "confidence": 0.51,
    "job-name": "labeling-job/groundtruth-labeling-job-cat-dog0408",
    "class-name": "cat",
    "human-annotated": "yes",
    "creation-date": "2019-04-09T04:21:19.914807",
    "type": "groundtruth/image-classification"
  }
},
{
  "source-ref": "s3://ground-truth-labelling-job-sm/traindata_cat_dog_images_20/10.jpg",
  "groundtruth-labeling-job-cat-dog0408": 0,
  "groundtruth-labeling-job-cat-dog0408-metadata": {
    "confidence": 0.9,
    "job-name": "labeling-job/groundtruth-labeling-job-cat-dog0408",
    "class-name": "cat",
    "human-annotated": "yes",
    "creation-date": "2019-04-09T04:29:57.698312",
    "type": "groundtruth/image-classification"
  }
},
....
`;
