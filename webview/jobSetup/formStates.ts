import type { CreationStep } from '../../src/core/jobs/createLabelingJob.js';
import type { InputSummary } from '../../src/core/jobs/jobInput.js';
import type { LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';

export type InputState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly pictures: number }
  | { readonly kind: 'ready'; readonly summary: InputSummary }
  | { readonly kind: 'failed'; readonly message: string };

export type CreationState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly step: CreationStep | undefined }
  | { readonly kind: 'created'; readonly job: CreatedJob }
  | { readonly kind: 'failed'; readonly message: string };

export interface CreatedJob {
  readonly name: string;
  /** As it was created: the form has gone on to the next. */
  readonly draft: LabelingJobDraft;
  readonly pictureCount: number | undefined;
}
