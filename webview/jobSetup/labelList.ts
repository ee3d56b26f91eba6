import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { filledLabels, type DraftField } from '../../src/core/jobs/checkDraft.js';
import { jobConstraints } from '../../src/core/jobs/jobConstraints.js';
import { hasProblem, remarkOf, spoken } from './fields.js';
import type { JobForm } from './jobForm.js';

/** The labels in the order of their number keys: a row each, to write, move and remove. */
export function labelList(form: JobForm): TemplateResult {
  const { labels } = form.draft;
  const { numberKeys } = jobConstraints;
  return html`<div class="field" data-field="labels" id="labels" tabindex="-1">
    <span class="label" id="labels-label">Labels</span>
    <ol class="labels" aria-labelledby="labels-label">
      ${labels.map((label, index) => row(form, label, index))}
    </ol>
    ${remarkOf(form, 'labels')}
    ${
      filledLabels(labels).length > numberKeys
        ? html`<p class="warning">
            <span class="codicon codicon-warning" aria-hidden="true"></span>Only the first ${numberKeys} labels have a
            key of their own; the others are chosen from the list.
          </p>`
        : nothing
    }
    <vscode-button
      appearance="secondary"
      ?disabled=${labels.length >= jobConstraints.labels.most}
      @click=${(event: Event) => add(form, event)}
      ><span slot="start" class="codicon codicon-add" aria-hidden="true"></span>Add Label</vscode-button
    >
    <p class="hint">The keys beside the labels are what workers press.</p>
  </div>`;
}

function row(form: JobForm, label: string, index: number): TemplateResult {
  const { labels } = form.draft;
  const field: DraftField = `label.${index}`;
  const name = label.trim() === '' ? `label ${index + 1}` : `"${label.trim()}"`;
  const set = (changed: readonly string[]) => form.change({ labels: changed });
  return html`<li>
    <div class="row">
      <kbd title="Number key">${numberKey(index)}</kbd>
      <vscode-text-field
        id=${field}
        .value=${live(label)}
        placeholder=${index === 0 ? 'cat' : index === 1 ? 'dog' : ''}
        aria-label=${spoken(form, field, `Label ${index + 1}`)}
        aria-invalid=${hasProblem(form, field)}
        @input=${(event: Event) => {
          set(labels.with(index, (event.target as HTMLInputElement).value));
          form.visit(field);
        }}
        @keydown=${(event: KeyboardEvent) => onKey(form, event, index)}
      ></vscode-text-field>
      ${iconButton({
        icon: 'arrow-up',
        title: `Move ${name} up`,
        isEnabled: index > 0,
        onClick: (event) => move(form, event, index, index - 1),
      })}
      ${iconButton({
        icon: 'arrow-down',
        title: `Move ${name} down`,
        isEnabled: index < labels.length - 1,
        onClick: (event) => move(form, event, index, index + 1),
      })}
      ${iconButton({
        icon: 'trash',
        title: `Remove ${name}`,
        isEnabled: labels.length > jobConstraints.labels.least,
        onClick: (event) => remove(form, event, index),
      })}
    </div>
    ${remarkOf(form, field)}
  </li>`;
}

interface IconButton {
  readonly icon: string;
  readonly title: string;
  readonly isEnabled: boolean;
  readonly onClick: (event: Event) => void;
}

function iconButton({ icon, title, isEnabled, onClick }: IconButton): TemplateResult {
  return html`<button class="icon" title=${title} aria-label=${title} ?disabled=${!isEnabled} @click=${onClick}>
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
}

/** The key that workers press: 1 to 9, and 0 for the tenth. */
function numberKey(index: number): string {
  return index < jobConstraints.numberKeys ? String((index + 1) % 10) : '';
}

function onKey(form: JobForm, event: KeyboardEvent, index: number): void {
  const { labels } = form.draft;
  if (event.key === 'Enter') {
    event.preventDefault();
    if (index === labels.length - 1) {
      add(form, event);
    } else {
      focusRow(event, index + 1);
    }
  } else if (event.altKey && event.key === 'ArrowUp' && index > 0) {
    move(form, event, index, index - 1);
  } else if (event.altKey && event.key === 'ArrowDown' && index < labels.length - 1) {
    move(form, event, index, index + 1);
  }
}

function add(form: JobForm, event: Event): void {
  const { labels } = form.draft;
  if (labels.length < jobConstraints.labels.most) {
    form.change({ labels: [...labels, ''] });
    focusRow(event, labels.length);
  }
}

function remove(form: JobForm, event: Event, index: number): void {
  const { labels } = form.draft;
  form.change({ labels: labels.toSpliced(index, 1) });
  focusRow(event, Math.min(index, labels.length - 2));
}

function move(form: JobForm, event: Event, from: number, to: number): void {
  const { labels } = form.draft;
  form.change({ labels: labels.toSpliced(from, 1).toSpliced(to, 0, labels[from] ?? '') });
  focusRow(event, to);
}

/** At once where the row is there, so that nothing typed goes to the row before; a new row is there when it is drawn. */
function focusRow(event: Event, index: number): void {
  const list = (event.target as HTMLElement).closest('.field');
  const target = () => list?.querySelector<HTMLElement>(`[id="label.${index}"]`);
  if (target()) {
    target()?.focus();
  } else {
    queueMicrotask(() => target()?.focus()); // The page draws in a microtask that was queued before this one.
  }
}
