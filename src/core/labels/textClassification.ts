import type { SingleLabelTask } from './singleLabel.js';

export const textClassification: SingleLabelTask = {
  kind: 'singleLabel',
  taskType: 'TextMultiClass',
  dataKey: 'source',
  elementName: 'crowd-classifier',
  metadataType: 'groundtruth/text-classification',
  minimumLabels: 2,
  showsManifestLine: false,
};
