import { html, LitElement, type TemplateResult } from 'lit';
import { filledLabels } from '../../src/core/jobs/checkDraft.js';
import type { LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import type { S3Uri } from '../../src/core/s3Uri.js';

/** The worker's page as the form has it now. */
export class TaskPreview extends LitElement {
  static override properties = { draft: { attribute: false }, picture: { attribute: false } };
  declare draft: LabelingJobDraft | undefined;
  declare picture: S3Uri | undefined;

  protected override createRenderRoot(): this {
    return this;
  }

  protected override render(): TemplateResult {
    const { draft, picture } = this;
    const labels = filledLabels(draft?.labels ?? []);
    return html`<div class="preview">
      <p>${draft?.instruction}</p>
      ${picture === undefined ? '' : html`<gt-picture .uri=${picture}></gt-picture>`}
      <ol>
        ${labels.map((label) => html`<li>${label}</li>`)}
      </ol>
    </div>`;
  }
}
