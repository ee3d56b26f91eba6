/** What CreateLabelingJob and the built-in image classification accept; the numbers are AWS's. */
export const jobConstraints = {
  jobNameCharacters: 63,
  workersPerObject: { least: 1, most: 9 },
  taskTimeLimitSeconds: { least: 30, most: 8 * 60 * 60 },
  /** The console offers 50 at most for a template's list, and two classes are the least that can be told apart. */
  labels: { least: 2, most: 50 },
  labelCharacters: 256,
  uriCharacters: 1_024,
  objects: 100_000,
  taskTitleCharacters: 128,
  /** Of the instruction and of each description: with all of them full, the template stays under AWS's 128,000. */
  instructionCharacters: 5_000,
  /** The keys 1 to 9 and 0. */
  numberKeys: 10,
} as const;

export const jobNamePattern = /^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/u;
