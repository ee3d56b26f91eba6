import { html, nothing, type TemplateResult } from 'lit';
import { instructionOf } from '../../src/core/jobs/instruction.js';
import { folderPrefix } from '../../src/core/jobs/labelingJobDraft.js';
import { formatS3Uri, objectName, parseObjectAddress, type S3Uri } from '../../src/core/s3Uri.js';
import { browseButton, labeled, spoken, hasProblem, remarkOf, textControl } from './fields.js';
import type { ExampleField, JobForm } from './jobForm.js';
import { labelList } from './labelList.js';
import { localObject } from './localObject.js';

/** What the worker's page says and offers. */
export function toolSection(form: JobForm): TemplateResult {
  const { instruction, labels } = form.draft;
  const hint = 'Stands above every picture. Left empty, the sentence that shows here is used.';
  return html`<section aria-labelledby="tool-title">
    <h2 id="tool-title">Labeling tool</h2>
    ${labeled(
      { form, field: 'instruction', label: 'Instruction', hint },
      html`<vscode-text-area
        id="instruction"
        rows="2"
        .value=${instruction}
        placeholder=${instructionOf({ instruction: '', labels })}
        aria-label=${spoken(form, 'instruction', 'Instruction', hint)}
        aria-invalid=${hasProblem(form, 'instruction')}
        @input=${(event: Event) => form.change({ instruction: (event.target as HTMLTextAreaElement).value })}
        @change=${() => form.visit('instruction')}
      ></vscode-text-area>`,
    )}
    ${labelList(form)}
    <div class="columns">
      ${example(form, 'goodExample', 'Good example', 'A cat, seen whole')}
      ${example(form, 'badExample', 'Bad example', 'Not a cat: this is a dog')}
    </div>
  </section>`;
}

function example(form: JobForm, field: ExampleField, title: string, placeholder: string): TemplateResult {
  const { picture, description } = form.draft[field];
  const take = (uri: S3Uri) => {
    form.changeExample(field, { picture: formatS3Uri(uri) });
    form.showAddress();
  };
  const pick = () => {
    const from = parseObjectAddress(picture) ?? {
      bucket: form.draft.inputBucket,
      key: folderPrefix(form.draft.inputFolder),
    };
    return form.ask(
      () => form.client.call('picture.pick', from),
      (picked) => picked && take(picked),
    );
  };
  return html`<fieldset class="example" data-field=${field}>
    <legend>${title} <span class="optional">optional</span></legend>
    ${exampleTile(form.shownDraft()[field].picture, title)}
    <div class="row" @paste=${() => setTimeout(() => form.showAddress())}>
      ${textControl({
        form,
        field,
        label: `${title}: picture`,
        value: picture,
        placeholder: 's3://… or https://…',
        title: picture,
        onInput: (typed) => form.typeAddress(field, typed),
        onLeave: () => {
          const uri = localObject(form.draft[field].picture, form.opened?.endpoint);
          if (uri !== undefined) {
            form.changeExample(field, { picture: formatS3Uri(uri) });
          }
          form.showAddress();
        },
      })}
      ${browseButton(`Browse for the picture of the ${title.toLowerCase()}`, () => void pick())}
    </div>
    ${remarkOf(form, field)} ${fromInput(form, take)}
    <vscode-text-area
      rows="2"
      .value=${description}
      placeholder="What it shows, such as: ${placeholder}"
      aria-label="${title}: description"
      @input=${(event: Event) => form.changeExample(field, { description: (event.target as HTMLTextAreaElement).value })}
      @change=${() => form.visit(field)}
    ></vscode-text-area>
  </fieldset>`;
}

function exampleTile(picture: string, title: string): TemplateResult {
  const uri = parseObjectAddress(picture.trim());
  if (uri !== undefined && uri.key !== '') {
    return html`<figure>
      <gt-picture class="tile" .uri=${uri} alternative=${title}></gt-picture>
      <figcaption title=${picture}>${objectName(uri)}</figcaption>
    </figure>`;
  }
  const address = picture.trim();
  const text =
    address === ''
      ? 'No picture'
      : /^https?:\/\/./iu.test(address)
        ? "Shown on the worker's page; not fetched here"
        : 'An s3:// or https:// address shows its picture here';
  return html`<div class="tile empty"><span class="codicon codicon-file-media" aria-hidden="true"></span>${text}</div>`;
}

function fromInput({ input }: JobForm, onPick: (uri: S3Uri) => void): TemplateResult | typeof nothing {
  if (input.kind !== 'ready' || input.summary.choices.length === 0) {
    return nothing;
  }
  return html`<details class="from-input">
    <summary>Take one of the pictures</summary>
    <div class="strip">
      ${input.summary.choices.map(
        (uri) =>
          html`<button
            class="thumb"
            title=${objectName(uri)}
            aria-label="Take ${objectName(uri)}"
            @click=${() => onPick(uri)}
          >
            <gt-picture .uri=${uri}></gt-picture>
          </button>`,
      )}
    </div>
  </details>`;
}
