import type * as vscode from 'vscode';
import type { Look } from '../../core/doctor/look.js';
import type { Finding } from '../../core/doctor/report.js';
import type { LabelingJobDraft } from '../../core/jobs/labelingJobDraft.js';
import type { DoctorAnchor } from '../commands/signatures.js';

/** What keeps a labeling job from working: a page that tells it, and what the form of a new one is told. */
export interface Doctors {
  /** Asks what to look at where that is not given. */
  run(from: DoctorAnchor | undefined): Promise<void>;
  /** What stands in the way of the draft, or may; nothing where it is as it should be. */
  lookAtDraft(draft: LabelingJobDraft, signal: AbortSignal): Promise<readonly Finding[]>;
  readonly serializer: vscode.WebviewPanelSerializer;
}

/** The draft of the form is one more thing to look at. */
export type PanelLook = Look | { readonly kind: 'draft' };

/** The doctor is loaded when it is first asked. */
export function loadedLate(load: () => Promise<Doctors>): Doctors {
  let loading: Promise<Doctors> | undefined;
  const loaded = () => (loading ??= load());
  return {
    run: async (from) => (await loaded()).run(from),
    lookAtDraft: async (draft, signal) => (await loaded()).lookAtDraft(draft, signal),
    serializer: {
      deserializeWebviewPanel: async (panel, state) =>
        (await loaded()).serializer.deserializeWebviewPanel(panel, state),
    },
  };
}

/** The draft of the job form, wherever it is shown. */
export interface DraftHolder {
  readonly draft: LabelingJobDraft;
  changeDraft(draft: LabelingJobDraft): Promise<void>;
}
