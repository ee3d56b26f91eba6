import type { PriceTable } from '../core/cost/priceTable.js';
import type { DraftProblem } from '../core/jobs/checkDraft.js';
import type { CreationStep } from '../core/jobs/createLabelingJob.js';
import type { InputSummary } from '../core/jobs/jobInput.js';
import type { ExecutionRole } from '../core/executionRoles.js';
import type { Target } from '../core/ports.js';
import type { LabelingJobDraft } from '../core/jobs/labelingJobDraft.js';
import type { RenderedTemplate } from '../core/templates/renderTemplate.js';
import type { S3Uri } from '../core/s3Uri.js';

/** All that passes between the form of a new labeling job and the extension host. */
export type JobSetup = {
  requests: {
    /** `kept` is what the page itself kept, where it was only hidden or reloaded. */
    'form.open': { params: { readonly kept?: LabelingJobDraft }; result: OpenedForm };
    'draft.keep': { params: LabelingJobDraft; result: void };
    'jobNames.list': { params: undefined; result: readonly string[] };
    'buckets.list': { params: undefined; result: readonly string[] };
    'teams.list': { params: undefined; result: readonly TeamChoice[] };
    'roles.list': { params: undefined; result: readonly ExecutionRole[] };
    /** Counts as `input.counted` says. */
    'input.read': { params: InputPlace; result: InputSummary };
    'picture.read': { params: S3Uri; result: PictureBytes };
    /** The worker's page for these texts and this picture, with placeholders for the pictures in it. */
    'preview.render': { params: PreviewRequest; result: RenderedTemplate };
    /** The script of the elements that the worker's page is made of. */
    'frame.bundle': { params: undefined; result: string };
    // Pickers of the host: `undefined` where the user chose nothing.
    'folder.pick': { params: S3Uri; result: S3Uri | undefined };
    'manifest.pick': { params: S3Uri; result: S3Uri | undefined };
    'picture.pick': { params: S3Uri; result: S3Uri | undefined };
    'team.create': { params: undefined; result: void };
    'team.addMembers': { params: { readonly arn: string }; result: void };
    /** Opens the user's copy of the price table; `form.reopened` follows when it is saved. */
    'prices.edit': { params: undefined; result: void };
    'bucket.create': { params: undefined; result: void };
    /** Says what it is doing as `creation.step`; giving it up keeps what has been written so far. */
    'job.create': { params: LabelingJobDraft; result: CreationResult };
    /** What stands in the way of the draft, or may: asked while the form is filled in, and before it is created. */
    'draft.examine': { params: LabelingJobDraft; result: readonly DraftFinding[] };
    'doctor.run': { params: undefined; result: void };
    'job.startLabeling': { params: { readonly name: string }; result: void };
    'job.simulateWorkers': { params: { readonly name: string }; result: void };
    /** Where the workspace is trusted, so that the preview may be run; `form.reopened` follows where it was. */
    'trust.manage': { params: undefined; result: void };
    'job.show': { params: { readonly name: string }; result: void };
  };
  events: {
    /** The form was opened from a folder or a team: ask for `form.open` again. */
    'form.reopened': Record<string, never>;
    /** A fix has changed it. */
    'draft.changed': LabelingJobDraft;
    'input.counted': { readonly pictures: number };
    /** `question`: an editor asks the user something first. */
    'creation.step': CreationStep | { readonly kind: 'question' };
    /** From now on it exists: another attempt takes this role instead of making one more. */
    'role.created': ExecutionRole;
  };
};

export interface OpenedForm {
  readonly draft: LabelingJobDraft;
  readonly connection: Target['kind'];
  /** Whether the workspace is trusted: the preview is a template that is run. */
  readonly mayRunTemplates: boolean;
  /** Local Ground Truth's address, which stands in the web addresses of its objects. */
  readonly endpoint?: string;
  /** What AWS charges in the connection's region, as far as it was written down; none for Local Ground Truth. */
  readonly prices?: { readonly region: string; readonly table: PriceTable } | { readonly problem: string };
}

export interface DraftFinding {
  readonly id: string;
  readonly status: 'warning' | 'error';
  readonly where: string;
  readonly cause: string;
}

export interface TeamChoice {
  readonly arn: string;
  readonly name: string;
  readonly members: number;
}

export type InputPlace =
  | { readonly kind: 'folder'; readonly bucket: string; readonly prefix: string }
  | { readonly kind: 'manifest'; readonly uri: S3Uri };

export interface PictureBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

interface PreviewRequest {
  readonly draft: LabelingJobDraft;
  readonly picture: S3Uri;
}

export type CreationResult =
  | { readonly kind: 'created'; readonly name: string; readonly arn: string }
  | { readonly kind: 'refused'; readonly problems: readonly DraftProblem[] }
  /** The user read what the new role may do, and did not want it: nothing was created. */
  | { readonly kind: 'declined' };
