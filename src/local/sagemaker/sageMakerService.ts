import { ServiceError } from '../http/serviceError.js';
import type { JsonOperation, JsonService } from '../http/services.js';
import { storagePrefix } from '../store/objectStorage.js';
import { type HumanTaskUiDependencies, humanTaskUiOperations } from './humanTaskUis.js';
import { labelingJobLists } from './labelingJobLists.js';
import { type LabelingJobDependencies, labelingJobOperations } from './labelingJobs.js';
import { renderUiTemplateOperations } from './renderUiTemplate.js';
import type { OperationName, Operations } from './requests.js';
import { requestNames } from './requestShapes.js';
import { subscribedWorkteamOperations } from './subscribedWorkteams.js';
import { tagOperations } from './tags.js';
import { validated } from './validation.js';
import { workforceOperations } from './workforceOperations.js';
import { workteamOperations } from './workteamOperations.js';

/** The operations of SageMaker that Ground Truth consists of: a missing one does not compile. */
export function sageMakerService(dependencies: LabelingJobDependencies & HumanTaskUiDependencies): JsonService {
  const operations: Operations<OperationName> = {
    ...workforceOperations(dependencies),
    ...workteamOperations(dependencies),
    ...subscribedWorkteamOperations,
    ...labelingJobOperations(dependencies),
    ...labelingJobLists(dependencies),
    ...humanTaskUiOperations(dependencies),
    ...renderUiTemplateOperations(dependencies),
    ...tagOperations(dependencies),
  };
  const { storages } = dependencies;
  const names = Object.keys(requestNames) as OperationName[];
  return {
    target: 'SageMaker',
    signingName: 'sagemaker',
    operations: Object.fromEntries(names.map((name) => [name, checked(name, { operations, storages })])),
  };
}

/** Nothing reaches an operation that its shapes do not allow, nor for a storage that nobody has given. */
function checked<Name extends OperationName>(
  name: Name,
  {
    operations,
    storages,
  }: { readonly operations: Operations<Name>; readonly storages: LabelingJobDependencies['storages'] },
): JsonOperation {
  return (input, session) => {
    const storage = session?.startsWith(storagePrefix) === true ? session : undefined;
    if (storage !== undefined && !storages.has(storage)) {
      throw new ServiceError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid: no such storage has been given.',
      );
    }
    return operations[name](validated(name, input), storage);
  };
}
