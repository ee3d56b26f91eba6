import * as vscode from 'vscode';
import { jobConstraints } from '../../core/jobs/jobConstraints.js';
import {
  readDraft,
  withInputFolder,
  withInputManifest,
  type LabelingJobDraft,
} from '../../core/jobs/labelingJobDraft.js';
import type { JobSetup } from '../../protocol/jobSetup.js';
import { OnePanel } from '../support/onePanel.js';
import { jobSetupHandlers, type JobSetupDeps } from './jobSetupHandlers.js';
import type { DraftHolder } from './doctors.js';
import type { JobSetupPanels } from './jobSetupPanels.js';

const draftKey = 'jobSetup.draft';

type From = NonNullable<Parameters<JobSetupPanels['open']>[0]>;

/** The one form for new labeling jobs. What is typed into it outlives the panel, the window and a crash. */
export class JobSetupPanel implements JobSetupPanels, DraftHolder, vscode.Disposable {
  readonly #deps: JobSetupDeps;
  readonly #panel: OnePanel<JobSetup>;
  readonly #listening: vscode.Disposable;
  /** What the form was opened from and its page has not taken yet. */
  #from: From | undefined;

  constructor(extension: vscode.Uri, deps: JobSetupDeps) {
    this.#deps = deps;
    this.#panel = new OnePanel({
      extension,
      viewType: 'groundTruth.jobSetup',
      page: 'jobSetup',
      title: vscode.l10n.t('Create Labeling Job'),
      handlers: () =>
        jobSetupHandlers(deps, {
          open: (kept) => this.#draft(kept),
          keep: async (draft) => deps.memory.update(draftKey, readDraft(draft)),
          emit: (event, data) => this.#panel.emit(event, data),
          bundle: () => this.#panel.crowdBundle(),
        }),
    });
    const reopen = () => this.#panel.emit('form.reopened', {});
    this.#listening = vscode.Disposable.from(
      deps.connection.onDidChange(reopen),
      deps.connection.onDidRecover(reopen),
      vscode.workspace.onDidGrantWorkspaceTrust(reopen),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => deps.prices.isOwn(uri) && reopen()),
    );
  }

  open(from?: From): Promise<void> {
    this.#from = from;
    const wasOpen = this.#panel.isOpen;
    this.#panel.show();
    if (wasOpen) {
      this.#panel.emit('form.reopened', {});
    }
    return Promise.resolve();
  }

  /** As the form was left, or is now. */
  get draft(): LabelingJobDraft {
    return readDraft(this.#deps.memory.get(draftKey));
  }

  async changeDraft(draft: LabelingJobDraft): Promise<void> {
    await this.#deps.memory.update(draftKey, draft);
    this.#panel.emit('draft.changed', draft);
  }

  /** Takes over the panel that a reloaded window restores. */
  get serializer(): vscode.WebviewPanelSerializer {
    return this.#panel;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#panel.dispose();
  }

  #draft(kept: LabelingJobDraft | undefined): LabelingJobDraft {
    const draft = readDraft(kept ?? this.#deps.memory.get(draftKey));
    const from = this.#from;
    this.#from = undefined;
    return from === undefined ? draft : filledIn(draft, from);
  }
}

function filledIn(
  draft: LabelingJobDraft,
  { bucket, prefix = '', team, manifest, labels = [] }: From,
): LabelingJobDraft {
  const ofFolder = bucket === undefined ? draft : withInputFolder(draft, bucket, prefix);
  const placed = manifest === undefined ? ofFolder : withInputManifest(ofFolder, manifest);
  return {
    ...placed,
    ...(team !== undefined && { teamArn: team.arn }),
    ...(labels.length >= jobConstraints.labels.least && { labels }),
  };
}
