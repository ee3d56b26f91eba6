import { html, nothing, type TemplateResult } from 'lit';
import type { CreationStep } from '../../src/core/jobs/createLabelingJob.js';
import type { JobSetup } from '../../src/protocol/jobSetup.js';
import { parseS3Uri } from '../../src/core/s3Uri.js';
import { filledLabels } from '../../src/core/jobs/checkDraft.js';
import { findingList, runDoctor } from './doctorList.js';
import type { JobForm } from './jobForm.js';
import { pictures } from './inputSection.js';
import { memberCount } from './workersSection.js';

/** What pressing Create will do, before it is pressed. */
export function outlook(form: JobForm): TemplateResult {
  const { draft, input, teams } = form;
  const team = teams.items.find(({ arn }) => arn === draft.teamArn);
  const listed =
    input.kind === 'ready' && input.summary.pictures > 0 ? pictures(input.summary.pictures) : 'the pictures';
  const output = parseS3Uri(draft.outputPath.trim());
  const items = [
    ...(draft.inputKind === 'folder'
      ? [`A manifest of ${listed} is written beside them, in "${draft.inputBucket || 'the bucket'}".`]
      : []),
    `${labelsText(filledLabels(draft.labels).length)} and the worker's page are written to "${output?.bucket ?? 'the output location'}".`,
    'The buckets get a CORS rule, so that the pictures can be shown to workers. Nothing becomes public.',
    ...(draft.roleArn === ''
      ? [
          `A role is created that may use the buckets of this job and nothing else.${form.opened?.connection === 'aws' ? ' You read its policies first, and say yes or no.' : ''}`,
        ]
      : []),
    team === undefined
      ? 'The pictures are offered to the team.'
      : `The pictures are offered to "${team.name}" (${memberCount(team.members)}).`,
  ];
  return html`<section aria-labelledby="outlook-title">
    <h2 id="outlook-title">What Create does</h2>
    <ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>
  </section>`;
}

function labelsText(labels: number): string {
  return labels > 1 ? `The ${labels} labels` : 'The labels';
}

export interface BarActions {
  readonly onCreate: () => void;
  readonly onCreateAnyway: () => void;
  readonly onAnother: () => void;
}

/** Create, and what comes of it: progress, a failure, or the next step. */
export function createBar(form: JobForm, { onCreate, onCreateAnyway, onAnother }: BarActions): TemplateResult {
  const { creation } = form;
  switch (creation.kind) {
    case 'idle':
      return bar(
        html`${createButton(onCreate)} ${form.failure === '' ? problemCount(form) : failureText(form.failure)}`,
      );
    case 'failed':
      return bar(html`${failureText(`The job was not created: ${creation.message}`)} ${createButton(onCreate)}`);
    case 'doubtful':
      return bar(
        html`<div class="doubts" id="doubts" tabindex="-1" role="group" aria-labelledby="doubts-title">
            <p id="doubts-title" role="alert">The doctor found what keeps this job from working:</p>
            ${findingList(creation.findings)}
          </div>
          <vscode-button id="create" @click=${onCreate}>Look Again</vscode-button>
          <vscode-button appearance="secondary" @click=${onCreateAnyway}>Create Anyway</vscode-button>
          ${runDoctor(form)} ${form.failure === '' ? nothing : failureText(form.failure)}`,
      );
    case 'running':
      return bar(
        html`<vscode-progress-ring class="small"></vscode-progress-ring>
          <span role="status">${stepText(creation.step, form)}</span>
          <vscode-button appearance="secondary" @click=${() => form.cancel()}>Cancel</vscode-button>`,
      );
    case 'created':
      return bar(
        html`<p class="done" role="status" id="created" tabindex="-1">
            <span class="codicon codicon-pass-filled" aria-hidden="true"></span>"${creation.job.name}" is created.
          </p>
          <vscode-button
            @click=${() => void form.ask(() => form.client.call('job.startLabeling', { name: creation.job.name }))}
            >Start Labeling</vscode-button
          >
          <vscode-button
            appearance="secondary"
            @click=${() => void form.ask(() => form.client.call('job.show', { name: creation.job.name }))}
            >Show Job</vscode-button
          >
          <button class="link" @click=${onAnother}>Create Another</button>
          ${form.failure === '' ? nothing : failureText(form.failure)}`,
      );
  }
}

function bar(content: TemplateResult): TemplateResult {
  return html`<div class="bar">${content}</div>`;
}

function createButton(onCreate: () => void): TemplateResult {
  return html`<vscode-button id="create" @click=${onCreate}>Create</vscode-button>`;
}

function failureText(message: string): TemplateResult {
  return html`<p class="problem" role="alert">
    <span class="codicon codicon-error" aria-hidden="true"></span>${message}
  </p>`;
}

function problemCount(form: JobForm): TemplateResult | typeof nothing {
  const count = form.shownProblems().length;
  return count === 0
    ? nothing
    : html`<span class="problem" role="status">
        ${count === 1 ? 'One field needs' : `${count} fields need`} your attention.
      </span>`;
}

function stepText(step: JobSetup['events']['creation.step'] | undefined, { opened }: JobForm): string {
  switch (step?.kind) {
    case undefined:
      return 'Looking at the pictures…';
    case 'question':
      return 'Waiting for your answer about what the editor shows…';
    case 'role':
      return 'Creating the role…';
    case 'file':
      return fileTexts[step.role];
    case 'pages':
      return `Letting workers' pages load pictures of "${step.bucket}"…`;
    case 'job':
      return opened?.connection === 'aws'
        ? 'Creating the job… AWS may need half a minute until it lets a new role be used.'
        : 'Creating the job…';
  }
}

const fileTexts: { readonly [Role in Extract<CreationStep, { kind: 'file' }>['role']]: string } = {
  manifest: 'Writing the manifest…',
  labelCategories: 'Writing the labels…',
  template: "Writing the worker's page…",
};
