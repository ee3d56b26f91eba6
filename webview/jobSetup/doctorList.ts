import { html, nothing, type TemplateResult } from 'lit';
import type { DraftFinding } from '../../src/protocol/jobSetup.js';
import type { JobForm } from './jobForm.js';

/** What the doctor says of the form as it is filled in. */
export function doctorSection(form: JobForm): TemplateResult | typeof nothing {
  const { findings } = form.examination;
  return findings.length === 0
    ? nothing
    : html`<section aria-labelledby="doctor-title">
        <h2 id="doctor-title">What the doctor says</h2>
        ${findingList(findings)} ${runDoctor(form)}
      </section>`;
}

export function findingList(findings: readonly DraftFinding[]): TemplateResult {
  return html`<ul class="findings">
    ${findings.map(
      ({ status, where, cause }) =>
        html`<li class=${status === 'error' ? 'problem' : 'warning'}>
          <span class="codicon codicon-${status}" aria-hidden="true"></span
          ><span
            ><span class="visually-hidden">${status === 'error' ? 'Error: ' : 'Warning: '}</span
            ><strong>${where}</strong>: ${cause}</span
          >
        </li>`,
    )}
  </ul>`;
}

export function runDoctor(form: JobForm): TemplateResult {
  return html`<button class="link" @click=${() => void form.ask(() => form.client.call('doctor.run', undefined))}>
    Run Doctor, with Fixes
  </button>`;
}
