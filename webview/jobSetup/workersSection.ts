import { html, type TemplateResult } from 'lit';
import { listingFailure, selectField, textField } from './fields.js';
import type { JobForm } from './jobForm.js';

/** Who labels, how many of them each picture, and how long they may take. */
export function workersSection(form: JobForm): TemplateResult {
  const { draft, teams } = form;
  const create = () =>
    form.ask(
      () => form.client.call('team.create', undefined),
      () => form.refresh(),
    );
  return html`<section aria-labelledby="workers-title">
    <h2 id="workers-title">Workers</h2>
    ${selectField({
      form,
      field: 'team',
      label: 'Private team',
      value: draft.teamArn,
      options: [
        { value: '', text: teams.isLoaded && teams.items.length === 0 ? 'No teams yet' : 'Choose a team' },
        ...teams.items.map(({ arn, name, members }) => ({ value: arn, text: `${name} (${memberCount(members)})` })),
      ],
      onChange: (teamArn) => form.change({ teamArn }),
      beside: html`<vscode-button appearance="secondary" @click=${() => void create()}
        >Create Private Team…</vscode-button
      >`,
    })}
    ${listingFailure(teams)}
    <div class="columns">
      ${textField({
        form,
        field: 'workersPerObject',
        label: 'Workers for each picture',
        hint: workersHint(draft.workersPerObject),
        value: draft.workersPerObject,
        width: 'short',
        onInput: (workersPerObject) => {
          form.change({ workersPerObject });
          form.visit('workersPerObject');
        },
      })}
      ${textField({
        form,
        field: 'taskTimeLimitMinutes',
        label: 'Time limit for a picture, in minutes',
        hint: 'A picture that takes longer goes back to the team.',
        value: draft.taskTimeLimitMinutes,
        width: 'short',
        onInput: (taskTimeLimitMinutes) => form.change({ taskTimeLimitMinutes }),
      })}
    </div>
    <div class="field">
      <span class="label">Automated labeling</span>
      <p class="fact">
        <span class="codicon codicon-circle-slash" aria-hidden="true"></span>Off
        <span class="hint">${automationReason(form)}</span>
      </p>
    </div>
  </section>`;
}

function workersHint(workers: string): string {
  return workers.trim() === '1'
    ? 'One answer is taken as it is. With more, answers are weighed against each other.'
    : 'The answers are weighed against each other, which gives each label a confidence.';
}

function automationReason({ input, opened }: JobForm): string {
  const few = input.kind === 'ready' && input.summary.pictures < 1_250;
  const training =
    opened?.connection === 'local'
      ? 'It trains a model on AWS, which this machine does not do'
      : 'It trains a model on AWS';
  return few ? `${training}, and needs 1,250 pictures at least.` : `${training}; people label every picture.`;
}

export function memberCount(members: number): string {
  return members === 1 ? '1 member' : `${members} members`;
}
