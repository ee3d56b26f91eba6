import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';

/** How workers' answers come to a confidence, by the kind of task (the type without its prefix). */
const estimates: readonly { readonly type: RegExp; readonly text: string }[] = [
  {
    type: /multilabel$/u,
    text: 'Several workers: for each class, how sure it is that it belongs to the object, from how many chose it and how often each of them agrees with the others.',
  },
  {
    type: /(?:image|text)-classification$|label-verification|verification/u,
    text: 'Several workers: how sure the class is, estimated from who chose it and how often each of them agrees with the others (expectation maximization); written as 0.05 to 0.95.',
  },
  {
    type: /segmentation/u,
    text: 'Several workers: how far their masks agree, pixel by pixel; one number for the whole picture.',
  },
  {
    type: /text-span/u,
    text: 'Several workers: for each span, how many marked it and how well their spans overlap.',
  },
  {
    type: /detection|bounding|polygon|polyline|keypoint|cuboid|tracking/u,
    text: 'Several workers: for each shape, how many drew it and how well their shapes overlap.',
  },
];

/** How the confidences of an attribute were made, and what follows from it: a sentence each. */
export function confidenceOrigin({ types, human, unstated, machine, confidence }: AttributeSummary): readonly string[] {
  const told: string[] = [];
  if (human + unstated > 0 && confidence.computed > 0) {
    const found = estimates.find(({ type }) => types.some((name) => type.test(name)));
    told.push(found?.text ?? "Several workers: as the job's own program for joining answers wrote it.");
  }
  if (machine > 0) {
    told.push("A machine's label: what its model itself said, on the model's own scale.");
  }
  if (types.some((type) => /verification/u.test(type))) {
    told.push('It is about the verdict of this job, not about the label that was verified.');
  } else if (types.some((type) => /adjustment/iu.test(type))) {
    told.push('It is about the adjusted label: that of the label before it is in its own attribute.');
  }
  if (confidence.notComputed > 0) {
    told.push('One worker: not computed. Ground Truth writes 0, since there is no second answer to compare with.');
  }
  told.push('Only confidences of one job and of one kind of annotator can be compared.');
  return told;
}
