import { Failure, type FailureCode } from '../failure.js';
import type { LabResource } from './labResources.js';
import type { Tags } from './labTags.js';

/** Who keeps the record of what is made: told before and after, so that it is known whatever happens in between. */
export interface LabKeeper {
  /** To be put on whatever can have them. */
  readonly tags: Tags;
  /**
   * To be awaited before something is asked for. Resolves to what takes it back, where it was then refused. What the
   * record has already stays as it is.
   */
  begin(resource: LabResource): Promise<() => Promise<void>>;
  /** It is there; without its tags where the caller lacks the permission for `deniedTagging`, an action of IAM. */
  made(resource: LabResource, deniedTagging?: string): Promise<void>;
}

/** What was not carried out, for certain. */
const refusals: ReadonlySet<FailureCode> = new Set([
  'aws.accessDenied',
  'aws.refused',
  'aws.signedOut',
  'bucket.nameTaken',
  'fix.outdated',
] as const);

/** Asks for something that the keeper was told of before; what is refused is forgotten again. */
export async function keeping<T>(keeper: LabKeeper, resource: LabResource, make: () => Promise<T>): Promise<T> {
  const takeBack = await keeper.begin(resource);
  try {
    return await make();
  } catch (error) {
    if (Failure.is(error) && refusals.has(error.code)) {
      await takeBack();
    }
    throw error;
  }
}
