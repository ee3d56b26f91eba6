import type { RowFilter } from '../../../../src/core/manifest/arrangement.js';

export const all: RowFilter = { classes: [], confidence: undefined, states: [], text: '' };

export interface Entry {
  readonly className?: string;
  readonly confidence?: number;
  readonly by?: 'yes' | 'no';
  readonly created?: string;
  readonly source?: string;
  readonly failure?: string;
  readonly job?: string;
}

/** A line for each, labeled under `a`. */
export const manifest = (entries: readonly Entry[]) =>
  entries
    .map(({ className, confidence = 0.9, by = 'yes', created, source = 's3://b/x.jpg', failure, job = 'j' }) =>
      JSON.stringify({
        'source-ref': source,
        ...((className !== undefined || failure !== undefined) && {
          a: 0,
          'a-metadata': {
            ...(className !== undefined && { 'class-name': className, confidence }),
            ...(failure !== undefined && { 'failure-reason': failure }),
            ...(created !== undefined && { 'creation-date': created }),
            'human-annotated': by,
            'job-name': job,
            type: 'groundtruth/image-classification',
          },
        }),
      }),
    )
    .join('\n');
