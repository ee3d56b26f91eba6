import { html, nothing, type TemplateResult } from 'lit';
import { folderPrefix, withInputFolder } from '../../src/core/jobs/labelingJobDraft.js';
import { formatS3Uri, objectName, parseS3Uri, type S3Uri } from '../../src/core/s3Uri.js';
import { browseButton, labeled, listingFailure, selectField, textControl } from './fields.js';
import type { JobForm } from './jobForm.js';
import { number } from './problemTexts.js';

/** Where the pictures come from: a folder, for which a manifest is written, or a manifest that is there. */
export function inputSection(form: JobForm, preview: { readonly onSample: (picture: S3Uri) => void }): TemplateResult {
  const { inputKind } = form.draft;
  return html`<section aria-labelledby="input-title">
    <h2 id="input-title">Pictures</h2>
    <div class="choices" role="radiogroup" aria-labelledby="input-title">
      ${choice(form, 'folder', 'A folder of pictures', 'A manifest that lists them is written for you.')}
      ${choice(form, 'manifest', 'An existing manifest', 'A file with one line of JSON for each picture.')}
    </div>
    ${inputKind === 'folder' ? folderFields(form) : manifestField(form)}
    <div class="summary" role="status">${summary(form)}</div>
    ${samples(form, preview.onSample)}
  </section>`;
}

function choice(form: JobForm, kind: 'folder' | 'manifest', label: string, hint: string): TemplateResult {
  return html`<label class="choice">
    <input
      type="radio"
      name="inputKind"
      .checked=${form.draft.inputKind === kind}
      @change=${() => {
        form.change({ inputKind: kind });
        void form.readInput();
      }}
    />
    <span>${label}<span class="hint">${hint}</span></span>
  </label>`;
}

function folderFields(form: JobForm): TemplateResult {
  const { draft, buckets } = form;
  const place = (bucket: string, folder: string) => {
    form.change(withInputFolder(form.draft, bucket, folder));
    void form.readInput();
  };
  const known = buckets.items.includes(draft.inputBucket) || draft.inputBucket === '' ? [] : [draft.inputBucket];
  const browse = () =>
    form.ask(
      () => form.client.call('folder.pick', { bucket: draft.inputBucket, key: folderPrefix(draft.inputFolder) }),
      (picked) => picked && place(picked.bucket, picked.key),
    );
  return html`${selectField({
    form,
    field: 'inputBucket',
    label: 'Bucket',
    value: draft.inputBucket,
    options: [
      { value: '', text: buckets.isLoaded && buckets.items.length === 0 ? 'No buckets yet' : 'Choose a bucket' },
      ...[...buckets.items, ...known].map((bucket) => ({ value: bucket, text: bucket })),
    ],
    onChange: (bucket) => place(bucket, ''),
    beside: buckets.isLoaded && buckets.items.length === 0 ? newBucket(form) : nothing,
  })}
  ${listingFailure(buckets)}
  ${labeled(
    {
      form,
      field: 'inputFolder',
      label: 'Folder',
      hint: 'Pictures in folders below it are taken too. Empty: the whole bucket.',
    },
    html`<div class="row">
      ${textControl({
        form,
        field: 'inputFolder',
        label: 'Folder',
        value: draft.inputFolder,
        placeholder: 'traindata_cat_dog_images_20/',
        onInput: (inputFolder) => form.change({ inputFolder }),
        onLeave: () => void form.readInput(),
      })}
      ${browseButton('Browse for a folder', () => void browse())}
    </div>`,
  )}`;
}

function newBucket(form: JobForm): TemplateResult {
  const create = () =>
    form.ask(
      () => form.client.call('bucket.create', undefined),
      () => form.buckets.load(),
    );
  return html`<vscode-button appearance="secondary" @click=${() => void create()}>Create Bucket…</vscode-button>`;
}

function manifestField(form: JobForm): TemplateResult {
  const { draft } = form;
  const browse = () =>
    form.ask(
      () =>
        form.client.call(
          'manifest.pick',
          parseS3Uri(draft.inputManifest.trim()) ?? { bucket: draft.inputBucket, key: '' },
        ),
      (picked) => {
        if (picked !== undefined) {
          form.change({ inputManifest: formatS3Uri(picked) });
          void form.readInput();
        }
      },
    );
  return labeled(
    { form, field: 'inputManifest', label: 'Manifest' },
    html`<div class="row">
      ${textControl({
        form,
        field: 'inputManifest',
        label: 'Manifest',
        value: draft.inputManifest,
        placeholder: 's3://bucket/folder/dataset.manifest',
        onInput: (inputManifest) => form.change({ inputManifest }),
        onLeave: () => void form.readInput(),
      })}
      ${browseButton('Browse for a manifest', () => void browse())}
    </div>`,
  );
}

function summary(form: JobForm): TemplateResult | typeof nothing {
  const { input } = form;
  switch (input.kind) {
    case 'none':
      return nothing;
    case 'reading':
      return html`<vscode-progress-ring class="small"></vscode-progress-ring> Counting…
        ${input.pictures === 0 ? '' : pictures(input.pictures)}`;
    case 'failed':
      return html`<span class="problem"
        ><span class="codicon codicon-error" aria-hidden="true"></span>${input.message}
        <button class="link" @click=${() => void form.readInput({ again: true })}>Retry</button></span
      >`;
    case 'ready': {
      const { pictures: count, bytes, others } = input.summary;
      return html`<span class="codicon codicon-file-media" aria-hidden="true"></span><strong>${pictures(count)}</strong>
        ${bytes === undefined ? '' : `· ${size(bytes)}`} ${others === 0 ? '' : `· ${othersText(form, others)}`}
        <button class="link" @click=${() => void form.readInput({ again: true })}>Count again</button>`;
    }
  }
}

function samples(form: JobForm, onSample: (picture: S3Uri) => void): TemplateResult | typeof nothing {
  if (form.input.kind !== 'ready' || form.input.summary.samples.length === 0) {
    return nothing;
  }
  const { samples: shown, pictures: count } = form.input.summary;
  const title = shown.length === count ? 'All of them' : `${shown.length} of them`;
  return html`<div class="samples" role="group" aria-label="${title}. Choose one to see it in the preview.">
    ${shown.map(
      (picture) =>
        html`<button
          class="sample"
          title="${objectName(picture)}: show in the preview"
          @click=${() => onSample(picture)}
        >
          <gt-picture .uri=${picture}></gt-picture><span class="name">${objectName(picture)}</span>
        </button>`,
    )}
  </div>`;
}

function othersText({ draft }: JobForm, others: number): string {
  const one = draft.inputKind === 'folder' ? '1 other file is left out' : '1 line cannot be read';
  const many = draft.inputKind === 'folder' ? 'other files are left out' : 'lines cannot be read';
  return others === 1 ? one : `${number(others)} ${many}`;
}

/** How many, in words. */
export function pictures(count: number): string {
  return count === 1 ? '1 picture' : `${number(count)} pictures`;
}

function size(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${Math.round((bytes / 1_024 ** power) * 10) / 10} ${units[power]}`;
}
