import { html, type TemplateResult } from 'lit';
import { formatS3Uri, parseS3Uri } from '../../src/core/s3Uri.js';
import { browseButton, labeled, listingFailure, textControl } from './fields.js';
import type { JobForm } from './jobForm.js';

/** Where the results go, and as whom Ground Truth reads and writes. */
export function outputSection(form: JobForm): TemplateResult {
  const { draft, roles } = form;
  const browse = () =>
    form.ask(
      () =>
        form.client.call('folder.pick', parseS3Uri(draft.outputPath.trim()) ?? { bucket: draft.inputBucket, key: '' }),
      (picked) => picked && form.change({ outputPath: formatS3Uri(picked) }),
    );
  // A kept role may be gone: it is offered only as long as nobody knows.
  const kept = roles.isLoaded || draft.roleArn === '' ? [] : [draft.roleArn];
  return html`<section aria-labelledby="output-title">
    <h2 id="output-title">Results</h2>
    ${labeled(
      { form, field: 'outputPath', label: 'Output location', hint: outputHint(form) },
      html`<div class="row">
        ${textControl({
          form,
          field: 'outputPath',
          label: 'Output location',
          value: draft.outputPath,
          placeholder: 's3://bucket/output/',
          onInput: (outputPath) => form.change({ outputPath }),
        })}
        ${browseButton('Browse for the output location', () => void browse())}
      </div>`,
    )}
    <div class="field">
      <label for="role">Role</label>
      <select
        id="role"
        aria-describedby="role-hint"
        @change=${(event: Event) => form.change({ roleArn: (event.target as HTMLSelectElement).value })}
      >
        <option value="" .selected=${draft.roleArn === ''}>Create a role for the buckets of this job only</option>
        ${[
          ...roles.items.map(({ arn, name }) => ({ arn, name })),
          ...kept.map((arn) => ({ arn, name: arn.slice(arn.lastIndexOf('/') + 1) })),
        ].map(({ arn, name }) => html`<option value=${arn} .selected=${arn === draft.roleArn}>${name}</option>`)}
      </select>
      <p class="hint" id="role-hint">What Ground Truth acts as when it reads the pictures and writes the results.</p>
      ${listingFailure(roles)}
    </div>
  </section>`;
}

function outputHint({ draft }: JobForm): string {
  const uri = parseS3Uri(draft.outputPath.trim());
  const path = uri === undefined ? '…' : formatS3Uri(uri).replace(/\/?$/u, '');
  return `The result will be ${path}/${draft.jobName.trim() || '…'}/manifests/output/output.manifest`;
}
