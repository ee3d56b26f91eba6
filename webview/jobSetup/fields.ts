import { html, nothing, type TemplateResult } from 'lit';
import type { DraftField } from '../../src/core/jobs/checkDraft.js';
import type { JobForm } from './jobForm.js';
import { problemText } from './problemTexts.js';
import { warningLine, warningText } from './warnings.js';

export interface Field {
  readonly form: JobForm;
  readonly field: DraftField;
  readonly label: string;
  readonly hint?: string;
}

/** A control with its label above, and its hint and remark below. */
export function labeled({ form, field, label, hint }: Field, control: TemplateResult): TemplateResult {
  return html`<div class="field" data-field=${field}>
    <label for=${field} id="${field}-label">${label}</label>
    ${control} ${hint === undefined ? nothing : html`<p class="hint" id="${field}-hint">${hint}</p>`}
    ${remarkOf(form, field)}
  </div>`;
}

/** What is wrong with it, or else what may not be meant. */
export function remarkOf(form: JobForm, field: DraftField): TemplateResult | typeof nothing {
  const { problem, warning } = remark(form, field);
  if (problem !== undefined) {
    return html`<p class="problem" id="${field}-problem" role="alert">
      <span class="codicon codicon-error" aria-hidden="true"></span>${problemText(problem)}
    </p>`;
  }
  return warning === undefined ? nothing : warningLine(form, warning);
}

function remark(form: JobForm, field: DraftField) {
  const of = <T extends { readonly field: DraftField }>(remarks: readonly T[]) =>
    remarks.find((candidate) => candidate.field === field);
  return { problem: of(form.shownProblems()), warning: of(form.warnings()) };
}

export interface TextField extends Field {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onLeave?: () => void;
  readonly placeholder?: string;
  /** All of a value that may not fit. */
  readonly title?: string;
  readonly width?: 'short';
}

export function textField(options: TextField): TemplateResult {
  return labeled(options, textControl(options));
}

export function textControl({ form, field, label, hint, value, width, ...options }: TextField): TemplateResult {
  const { onInput, onLeave, placeholder = '', title } = options;
  return html`<vscode-text-field
    id=${field}
    class=${width ?? ''}
    .value=${value}
    placeholder=${placeholder}
    title=${title ?? nothing}
    aria-label=${spoken(form, field, label, hint)}
    aria-invalid=${hasProblem(form, field)}
    @input=${(event: Event) => onInput(valueOf(event))}
    @change=${() => {
      form.visit(field);
      onLeave?.();
    }}
  ></vscode-text-field>`;
}

/** The control's own label lies in a shadow root, which no id reaches into: hint and remark are said with it. */
export function spoken(form: JobForm, field: DraftField, label: string, hint?: string): string {
  const { problem, warning } = remark(form, field);
  const said = problem ? problemText(problem) : warning && warningText(warning);
  return [label, hint, said].filter((part) => part !== undefined).join('. ');
}

export function hasProblem(form: JobForm, field: DraftField): 'true' | 'false' {
  return form.shownProblems().some((candidate) => candidate.field === field) ? 'true' : 'false';
}

export interface SelectField extends Field {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
  /** Buttons beside it. */
  readonly beside?: TemplateResult | typeof nothing;
}

export function selectField(select: SelectField): TemplateResult {
  const { form, field, hint, value, options, onChange, beside = nothing } = select;
  const described = [hint === undefined ? '' : `${field}-hint`, `${field}-problem`, `${field}-warning`]
    .join(' ')
    .trim();
  return labeled(
    select,
    html`<div class="row">
      <select
        id=${field}
        aria-describedby=${described}
        aria-invalid=${hasProblem(form, field)}
        @change=${(event: Event) => {
          onChange(valueOf(event));
          form.visit(field);
        }}
      >
        ${options.map((option) => html`<option value=${option.value} .selected=${option.value === value}>${option.text}</option>`)}
      </select>
      ${beside}
    </div>`,
  );
}

export function browseButton(label: string, onClick: () => void): TemplateResult {
  return html`<vscode-button appearance="secondary" aria-label=${label} @click=${onClick}>Browse…</vscode-button>`;
}

/** A list that could not be had is said where its choices would be, with the way to ask again. */
export function listingFailure(listing: { readonly failure: string | undefined; load(): Promise<void> }) {
  return listing.failure === undefined
    ? nothing
    : html`<p class="problem" role="alert">
        <span class="codicon codicon-warning" aria-hidden="true"></span>${listing.failure}
        <button class="link" @click=${() => void listing.load()}>Retry</button>
      </p>`;
}

function valueOf(event: Event): string {
  const { target } = event;
  return target !== null && 'value' in target ? String(target.value) : '';
}
