import type { SingleLabelTask } from './singleLabel.js';

export const imageClassification: SingleLabelTask = {
  kind: 'singleLabel',
  taskType: 'ImageMultiClass',
  dataKey: 'source-ref',
  elementName: 'crowd-image-classifier',
  metadataType: 'groundtruth/image-classification',
  minimumLabels: 2,
  showsManifestLine: false,
};
