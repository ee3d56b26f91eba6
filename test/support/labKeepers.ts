import type { LabKeeper } from '../../src/core/lab/labKeeper.js';
import { type LabResource, resourceId } from '../../src/core/lab/labResources.js';
import { labTags } from '../../src/core/lab/labTags.js';

/** Nobody keeps a record, and nothing gets tags. */
export const noKeeper: LabKeeper = { tags: {}, begin: async () => async () => undefined, made: async () => undefined };

/** Keeps what it is told, as the ledger does; what is made gets the lab's tags. */
export class MemoryKeeper implements LabKeeper {
  readonly tags = labTags('test');
  /** What was begun, whatever became of it but for a refusal. */
  readonly begun = new Map<string, LabResource>();
  readonly finished = new Map<string, LabResource>();
  /** The actions that were denied, in order. */
  readonly denied: string[] = [];

  async begin(resource: LabResource): Promise<() => Promise<void>> {
    const id = resourceId(resource);
    const isNew = !this.begun.has(id);
    this.begun.set(id, resource);
    return async () => {
      if (isNew) {
        this.begun.delete(id);
      }
    };
  }

  async made(resource: LabResource, deniedTagging?: string): Promise<void> {
    this.finished.set(resourceId(resource), resource);
    this.begun.set(resourceId(resource), resource);
    this.denied.push(...(deniedTagging === undefined ? [] : [deniedTagging]));
  }
}
