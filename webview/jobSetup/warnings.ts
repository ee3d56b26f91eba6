import { html, nothing, type TemplateResult } from 'lit';
import type { DraftWarning, Warning } from '../../src/core/jobs/draftWarnings.js';
import type { JobForm } from './jobForm.js';

/** What stands at the field: what may not be meant, and what comes of it. */
export function warningText({ warning }: DraftWarning): string {
  switch (warning.kind) {
    case 'teamTooSmall':
      return teamTooSmallText(warning);
    case 'sameButForCase':
      return `"${warning.label}" and "${warning.other}" are two labels to Ground Truth, and workers may take them for one. Rename one unless you mean both.`;
  }
}

/** With the ways out that the form itself has. */
export function warningLine(form: JobForm, found: DraftWarning): TemplateResult {
  return html`<p class="warning" id="${found.field}-warning" role="status">
    <span class="codicon codicon-warning" aria-hidden="true"></span>${warningText(found)} ${wayOut(form, found)}
  </p>`;
}

function teamTooSmallText({ workers, members }: Extract<Warning, { kind: 'teamTooSmall' }>): string {
  if (members === 0) {
    return 'Nobody is in this team: the pictures wait until somebody joins it.';
  }
  const team = members === 1 ? 'The team has one member' : `The team has ${members} members`;
  const rest = workers - members;
  return `${team}, and each picture waits for ${workers} different ones: none is finished until ${rest} more ${rest === 1 ? 'joins' : 'join'}.`;
}

function wayOut(form: JobForm, { warning }: DraftWarning): TemplateResult | typeof nothing {
  switch (warning.kind) {
    case 'teamTooSmall':
      return html`${addMembers(form)}
      ${form.opened?.connection === 'local' ? 'Simulate Workers… on the job adds them too.' : nothing}`;
    case 'sameButForCase':
      return nothing;
  }
}

/** A way out where the team is too small. */
export function addMembers(form: JobForm): TemplateResult {
  const { client, draft } = form;
  const add = () =>
    form.ask(
      () => client.call('team.addMembers', { arn: draft.teamArn }),
      () => form.refresh(),
    );
  return html`<button class="link" @click=${() => void add()}>Add Members…</button>`;
}
