import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import { formatS3Uri, objectName, type S3Uri } from '../../src/core/s3Uri.js';
import type { FromFrame } from '../../src/protocol/taskFrame.js';
import { TaskFrame } from '../labeling/taskFrame.js';
import { replay } from '../shared/keys.js';
import { messageOf } from './jobForm.js';
import type { PreviewSource } from './previewSource.js';

/** As wide as the worker's page is laid out; it is shown smaller where there is less room. */
const pageWidth = 1_000;
const pageHeight = 640;
/** Typing is over for a moment. */
const restMs = 200;

/** The worker's page as the form has it now, in the very frame that workers get. */
export class TaskPreview extends LitElement {
  static override properties = {
    draft: { attribute: false },
    samples: { attribute: false },
    total: { attribute: false },
    source: { attribute: false },
  };
  declare draft: LabelingJobDraft | undefined;
  declare samples: readonly S3Uri[];
  /** How many pictures the job has; `samples` are some of them where they are many. */
  declare total: number;
  declare source: PreviewSource | undefined;
  #index = 0;
  #problem = '';
  #frame: TaskFrame | undefined;
  #shown = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rendering = new AbortController();
  readonly #resize = new ResizeObserver(() => this.#fit());

  constructor() {
    super();
    this.samples = [];
    this.total = 0;
  }

  /** Shows this sample from now on. */
  choose(sample: S3Uri): void {
    const name = formatS3Uri(sample);
    this.#index = Math.max(
      this.samples.findIndex((candidate) => formatS3Uri(candidate) === name),
      0,
    );
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#rendering.abort();
    this.#resize.disconnect();
    this.#frame?.dispose();
    super.disconnectedCallback();
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected override render(): TemplateResult {
    const count = this.samples.length;
    const hint = count === 0 ? 'Choose a folder with pictures to see it here.' : '';
    // The stage stays laid out while something is wrong: the next frame measures its room in it.
    return html`<div class="stage ${this.#problem === '' ? '' : 'isOutdated'}" ?hidden=${count === 0}></div>
      ${
        this.#problem === ''
          ? nothing
          : html`<p class="problem"><span class="codicon codicon-error" aria-hidden="true"></span>${this.#problem}</p>`
      }
      ${count === 0 ? html`<p class="empty">${hint}</p>` : this.#steps(count)}`;
  }

  protected override firstUpdated(): void {
    this.#resize.observe(this);
  }

  protected override updated(_: PropertyValues): void {
    const picture = this.samples[this.#index] ?? this.samples[0];
    if (this.draft === undefined || picture === undefined) {
      return;
    }
    const { instruction, labels, goodExample, badExample } = this.draft;
    const shown = JSON.stringify([instruction, labels, goodExample, badExample, picture]);
    if (shown !== this.#shown) {
      this.#shown = shown;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#show(picture), this.#frame === undefined ? 0 : restMs);
    }
  }

  #steps(count: number): TemplateResult {
    const picture = this.samples[this.#index] ?? this.samples[0];
    const place = `${this.#index + 1} of ${count}${count < this.total ? ' samples' : ''}`;
    const step = (by: number) => {
      this.#index = (this.#index + by + count) % count;
      this.requestUpdate();
    };
    return html`<div class="steps">
      <button class="icon" title="Previous sample" aria-label="Previous sample" @click=${() => step(-1)}>
        <span class="codicon codicon-chevron-left" aria-hidden="true"></span>
      </button>
      <span role="status">${picture === undefined ? '' : objectName(picture)} · ${place}</span>
      <button class="icon" title="Next sample" aria-label="Next sample" @click=${() => step(1)}>
        <span class="codicon codicon-chevron-right" aria-hidden="true"></span>
      </button>
      <span class="hint">Try it: nothing is submitted from here.</span>
    </div>`;
  }

  async #show(picture: S3Uri): Promise<void> {
    const stage = this.querySelector<HTMLElement>('.stage');
    const { draft, source } = this;
    if (stage === null || draft === undefined || source === undefined) {
      return;
    }
    this.#rendering.abort();
    const { signal } = (this.#rendering = new AbortController());
    try {
      const [bundle, task] = await Promise.all([source.bundle(), source.task(draft, picture, signal)]);
      const frame = new TaskFrame(stage, {
        bundle,
        task,
        onMessage: (message) => this.#frame === frame && onFrameMessage(message),
        onGone: () => undefined, // Our own template goes nowhere.
      });
      signal.addEventListener('abort', () => this.#frame !== frame && frame.dispose());
      this.#fit();
      await frame.whenReady;
      if (!signal.aborted) {
        frame.show();
        this.#frame?.dispose();
        this.#frame = frame;
        this.#tell('');
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#tell(`The preview cannot be shown: ${messageOf(error)}`);
      }
    }
  }

  #tell(problem: string): void {
    if (problem !== this.#problem) {
      this.#problem = problem;
      this.requestUpdate();
    }
  }

  #fit(): void {
    const stage = this.querySelector<HTMLElement>('.stage');
    const scale = Math.min(this.clientWidth / pageWidth, 1);
    stage?.style.setProperty('--page-width', `${pageWidth}px`);
    stage?.style.setProperty('--page-height', `${pageHeight}px`);
    stage?.style.setProperty('--page-scale', String(scale));
  }
}

/** Keys that mean nothing to the task belong to VS Code, which does not see what is pressed in a frame. */
function onFrameMessage(message: FromFrame): void {
  if (message.kind === 'key') {
    replay(message.key, document.body);
  }
}
