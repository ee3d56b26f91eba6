import { html, type TemplateResult } from 'lit';
import { listingFailure, textField } from './fields.js';
import type { JobForm } from './jobForm.js';

/** The job's name, which is used up once the job exists. */
export function nameSection(form: JobForm): TemplateResult {
  return html`<section aria-labelledby="name-title">
    <h2 id="name-title">Job</h2>
    ${textField({
      form,
      field: 'jobName',
      label: 'Job name',
      hint: 'Letters, digits and hyphens, 63 at most. A name can never be used again, as jobs are never deleted.',
      value: form.draft.jobName,
      onInput: (jobName) => form.change({ jobName }),
    })}
    ${listingFailure(form.jobNames)}
    <div class="field">
      <span class="label">Task type</span>
      <p class="fact">
        <span class="codicon codicon-symbol-enum" aria-hidden="true"></span>Image classification (single label)
        <span class="hint">Each picture gets one of your labels.</span>
      </p>
    </div>
  </section>`;
}
