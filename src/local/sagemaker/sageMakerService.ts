import type { JsonService } from '../http/services.js';
import { type LabelingJobDependencies, labelingJobOperations } from './labelingJobs.js';
import { type RenderDependencies, renderUiTemplateOperations } from './renderUiTemplate.js';
import { tagOperations } from './tags.js';
import { workforceOperations } from './workforces.js';
import { workteamOperations } from './workteams.js';

export function sageMakerService(dependencies: LabelingJobDependencies & RenderDependencies): JsonService {
  return {
    target: 'SageMaker',
    signingName: 'sagemaker',
    operations: {
      ...workforceOperations(dependencies),
      ...workteamOperations(dependencies),
      ...labelingJobOperations(dependencies),
      ...renderUiTemplateOperations(dependencies),
      ...tagOperations(dependencies),
    },
  };
}
