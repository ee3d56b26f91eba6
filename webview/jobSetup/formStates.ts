import type { InputSummary } from '../../src/core/jobs/jobInput.js';
import type { DraftFinding, JobSetup } from '../../src/protocol/jobSetup.js';
import type { LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';

export type InputState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly pictures: number }
  | { readonly kind: 'ready'; readonly summary: InputSummary }
  | { readonly kind: 'failed'; readonly message: string };

export type CreationState =
  | { readonly kind: 'idle' }
  /** The doctor found what stands in the way; whoever knows better can go on. */
  | { readonly kind: 'doubtful'; readonly findings: readonly DraftFinding[] }
  | { readonly kind: 'running'; readonly step: JobSetup['events']['creation.step'] | undefined }
  | { readonly kind: 'created'; readonly job: CreatedJob }
  | { readonly kind: 'failed'; readonly message: string };

export interface CreatedJob {
  readonly name: string;
  /** As it was created: the form has gone on to the next. */
  readonly draft: LabelingJobDraft;
  readonly pictureCount: number | undefined;
}
