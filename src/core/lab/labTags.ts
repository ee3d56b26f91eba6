/** Keys and values of a resource's tags, in the form that all services of AWS take (reference §1, Tag). */
export type Tags = Readonly<Record<string, string>>;

const createdBy = 'ground-truth-lab:created-by';

/**
 * What is put on all that the extension makes. `workspace` tells one workspace's resources from another's: an id that
 * says nothing of the workspace itself.
 */
export function labTags(workspace: string): Tags {
  return { [createdBy]: 'Ground Truth Lab', 'ground-truth-lab:workspace': workspace };
}

/** Whether the extension made what has these tags. */
export function isOfLab(tags: Tags): boolean {
  return tags[createdBy] !== undefined;
}
