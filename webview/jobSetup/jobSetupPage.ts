import { html, LitElement, type TemplateResult } from 'lit';
import { readDraft, type LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import type { S3Uri } from '../../src/core/s3Uri.js';
import { connect } from '../../src/protocol/channel.js';
import type { JobSetup } from '../../src/protocol/jobSetup.js';
import { hostPort, pageState } from '../shared/port.js';
import { createBar, outlook } from './createBar.js';
import { costSection } from './costSection.js';
import { doctorSection } from './doctorList.js';
import { createdJob } from './createdJob.js';
import { inputSection } from './inputSection.js';
import { JobForm, messageOf } from './jobForm.js';
import { nameSection } from './jobSection.js';
import { outputSection } from './outputSection.js';
import { PictureElement, Pictures } from './picture.js';
import { PreviewSource } from './previewSource.js';
import type { TaskPreview } from './taskPreview.js';
import { toolSection } from './toolSection.js';
import { workersSection } from './workersSection.js';

/** Each click into the page gives it the focus, and on AWS each team is a request. */
const refreshEveryMs = 5_000;

/** The form of a new labeling job, on one page. */
export class JobSetupPage extends LitElement {
  readonly #client = connect<JobSetup>(hostPort());
  readonly #pictures = new Pictures(this.#client);
  readonly #preview = new PreviewSource(this.#client, this.#pictures);
  readonly #form = new JobForm(this.#client, {
    keep: (draft) => this.#keep(draft),
    onChange: () => this.requestUpdate(),
    now: () => new Date(),
  });
  #failure = '';
  #refreshedAt = Date.now();

  override connectedCallback(): void {
    super.connectedCallback();
    PictureElement.pictures = this.#pictures;
    window.addEventListener('focus', this.#onFocus);
    void this.#open();
  }

  override disconnectedCallback(): void {
    window.removeEventListener('focus', this.#onFocus);
    super.disconnectedCallback();
  }

  protected override createRenderRoot(): this {
    return this; // One document of plain controls: the page's own styles, labels and ids apply.
  }

  protected override render(): TemplateResult {
    const form = this.#form;
    if (form.opened === undefined) {
      return this.#failure === '' ? this.#opening() : this.#notOpened();
    }
    const actions = {
      onCreate: () => void this.#create({ anyway: false, again: form.creation.kind === 'doubtful' }),
      onCreateAnyway: () => void this.#create({ anyway: true, again: false }),
      onAnother: () => void this.#createAnother(),
    };
    return html`${form.creation.kind === 'created' ? html`<main>${createdJob(form, form.creation.job)}</main>` : this.#fields()}
    ${createBar(form, actions)}`;
  }

  #fields(): TemplateResult {
    const form = this.#form;
    return html`<main ?inert=${form.creation.kind === 'running'}>
      <div class="form">
        <h1>Create Labeling Job</h1>
        ${nameSection(form)} ${inputSection(form, { onSample: (picture) => this.#previewElement?.choose(picture) })}
        ${outputSection(form)} ${workersSection(form)} ${toolSection(form)}
      </div>
      <aside aria-labelledby="preview-title">
        <h2 id="preview-title">What workers see</h2>
        ${form.opened?.mayRunTemplates === true ? this.#taskPreview() : this.#restricted()}
      </aside>
      <div class="outlook">${outlook(form)} ${costSection(form, new Date())} ${doctorSection(form)}</div>
    </main>`;
  }

  #taskPreview(): TemplateResult {
    const form = this.#form;
    return html`<gt-task-preview
      .draft=${form.shownDraft()}
      .samples=${samplesOf(form)}
      .total=${form.input.kind === 'ready' ? form.input.summary.pictures : 0}
      .source=${this.#preview}
    ></gt-task-preview>`;
  }

  #restricted(): TemplateResult {
    const form = this.#form;
    return html`<div class="empty">
      <p>
        This workspace is restricted: the preview would run the job's page, with its scripts. The job can be created
        without it.
      </p>
      <vscode-button
        appearance="secondary"
        @click=${() => void form.ask(() => form.client.call('trust.manage', undefined))}
      >
        Manage Workspace Trust
      </vscode-button>
    </div>`;
  }

  #opening(): TemplateResult {
    return html`<p class="opening" role="status"><vscode-progress-ring></vscode-progress-ring>Connecting…</p>`;
  }

  #notOpened(): TemplateResult {
    return html`<div class="opening">
      <p class="problem" role="alert">
        <span class="codicon codicon-error" aria-hidden="true"></span>The form cannot be opened: ${this.#failure}
      </p>
      <vscode-button @click=${() => void this.#open()}>Retry</vscode-button>
    </div>`;
  }

  async #open(): Promise<void> {
    this.#failure = '';
    this.requestUpdate();
    try {
      const kept = pageState.get();
      await this.#form.open(kept === undefined ? undefined : readDraft(kept));
    } catch (error) {
      this.#failure = messageOf(error);
      this.requestUpdate();
    }
  }

  async #create({ anyway, again }: { readonly anyway: boolean; readonly again: boolean }): Promise<void> {
    if (again) {
      this.#form.examination.forget(); // What was found may have been mended elsewhere.
    }
    const isFit = await this.#form.create({ anyway });
    await this.updateComplete;
    const target = isFit ? this.querySelector<HTMLElement>('#created, #doubts') : this.#firstProblem();
    target?.focus();
  }

  async #createAnother(): Promise<void> {
    this.#form.again();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#jobName')?.focus();
  }

  #firstProblem(): HTMLElement | null {
    const [first] = this.#form.shownProblems();
    return first === undefined ? null : this.querySelector<HTMLElement>(`[id="${first.field}"]`);
  }

  get #previewElement(): TaskPreview | null {
    return this.querySelector<TaskPreview>('gt-task-preview');
  }

  #keep(draft: LabelingJobDraft): void {
    pageState.set(draft);
    void this.#client.call('draft.keep', draft);
  }

  /** Teams, buckets and jobs may have been made elsewhere while the user was away. */
  readonly #onFocus = () => {
    const isDue = Date.now() - this.#refreshedAt > refreshEveryMs;
    if (isDue && this.#form.opened !== undefined && this.#form.creation.kind !== 'running') {
      this.#refreshedAt = Date.now();
      void this.#form.refresh();
    }
  };
}

function samplesOf({ input }: JobForm): readonly S3Uri[] {
  return input.kind === 'ready' ? input.summary.choices : []; // Those that the input shows are among them.
}
