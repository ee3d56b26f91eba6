import { html, nothing, type TemplateResult } from 'lit';
import type { CreatedJob } from './formStates.js';
import { pictures } from './inputSection.js';
import type { JobForm } from './jobForm.js';
import { addMembers, warningText } from './warnings.js';
import { memberCount } from './workersSection.js';

/** What becomes of the job that was made, in place of the form, which holds the next one already. */
export function createdJob(form: JobForm, { name, draft, pictureCount }: CreatedJob): TemplateResult {
  const team = form.teams.items.find(({ arn }) => arn === draft.teamArn);
  const output = `${draft.outputPath.trim().replace(/\/*$/u, '')}/${name}/`;
  return html`<div class="form">
    <h1>${name}</h1>
    <ul class="facts">
      <li>
        ${pictureCount === undefined ? 'The pictures' : pictures(pictureCount)} are offered to
        ${team === undefined ? 'the team' : `"${team.name}" (${memberCount(team.members)})`}.
      </li>
      <li>The labels are written to "${output}" while workers give them.</li>
    </ul>
    ${tooSmall(form, name)}
  </div>`;
}

function tooSmall(form: JobForm, name: string): TemplateResult | typeof nothing {
  const found = form.warnings().find(({ warning }) => warning.kind === 'teamTooSmall');
  const simulate = () =>
    form.ask(
      () => form.client.call('job.simulateWorkers', { name }),
      () => form.refresh(),
    );
  return found === undefined
    ? nothing
    : html`<p class="warning" role="status">
        <span class="codicon codicon-warning" aria-hidden="true"></span>${warningText(found)} ${addMembers(form)}
        ${
          form.opened?.connection === 'local'
            ? html`<button class="link" @click=${() => void simulate()}>Simulate Workers…</button>`
            : nothing
        }
      </p>`;
}
