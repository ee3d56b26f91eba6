import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { stages } from '../../src/core/doctor/report.js';
import { summary } from '../../src/core/doctor/reportText.js';
import { connect } from '../../src/protocol/channel.js';
import type { DoctorPage, ShownLine, ShownReport } from '../../src/protocol/doctor.js';
import { hostPort, pageState } from '../shared/port.js';
import { stageSection } from './stageSection.js';

const spinner = html`<span class="codicon codicon-loading spinner" aria-hidden="true"></span>`;

const copiedMs = 4_000;

/** What the doctor finds, while it finds it. */
export class DoctorReport extends LitElement {
  readonly #client = connect<DoctorPage>(hostPort());
  #report: ShownReport | undefined;
  #showsFine = pageState.get() !== 'attention';
  /** What was done last, for whoever does not see the page. */
  #told = '';
  #failure = '';
  #fixing: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#client.on('report.changed', (report) => this.#show(report));
    void this.#ask(async () => this.#show(await this.#client.call('report.get', undefined)));
  }

  protected override createRenderRoot(): this {
    return this; // One document: the page's own styles and headings apply.
  }

  protected override render(): TemplateResult {
    const report = this.#report;
    if (!report) {
      return html`<p class="opening" role="status">
        ${this.#failure === '' ? html`${spinner}Connecting…` : this.#failure}
      </p>`;
    }
    return html`<header>
        <h1>Doctor</h1>
        <p class="subject">Looking at ${report.subject === '' ? 'the connection' : report.subject}</p>
        ${this.#standing(report)} ${this.#actions(report)}
      </header>
      <main>${this.#sections(report)}</main>
      <p class="visually-hidden" role="status">${this.#told}</p>`;
  }

  #standing({ state, lines }: ShownReport): TemplateResult {
    switch (state.kind) {
      case 'running':
        return html`<p class="standing" role="status">
          ${spinner}Looking: ${state.checked} of ${state.checks} checks are done.
        </p>`;
      case 'failed':
        return html`<p class="standing problem" role="alert">
          <span class="codicon codicon-error" aria-hidden="true"></span>This could not be looked at: ${state.message}
        </p>`;
      case 'cancelled':
        return html`<p class="standing" role="status">Cancelled. ${summary({ findings: lines })}</p>`;
      case 'done':
        return html`<p class="standing" role="status">${summary({ findings: lines })}</p>`;
    }
  }

  #actions({ state }: ShownReport): TemplateResult {
    const isRunning = state.kind === 'running';
    return html`<div class="actions" role="group" aria-label="Report">
        ${
          isRunning
            ? html`<button @click=${() => this.#call('report.cancel')}>Cancel</button>`
            : html`<button @click=${() => this.#call('report.run')}>Run Again</button>`
        }
        <button class="secondary" @click=${() => this.#call('subject.choose')}>Look at Something Else…</button>
        <button class="secondary" @click=${() => this.#copyReport('markdown')}>Copy as Markdown</button>
        <button class="secondary" @click=${() => this.#copyReport('json')}>Copy as JSON</button>
        <label
          ><input type="checkbox" .checked=${this.#showsFine} @change=${(event: Event) => this.#filter(event)} />Show
          what is fine</label
        >
      </div>
      ${
        this.#failure === ''
          ? nothing
          : html`<p class="problem" role="alert">
              <span class="codicon codicon-error" aria-hidden="true"></span>${this.#failure}
            </p>`
      }`;
  }

  #sections(report: ShownReport): readonly TemplateResult[] {
    return stages.flatMap(({ stage, title }) => {
      const all = report.lines.filter((line) => line.stage === stage);
      const lines = all.filter(({ status }) => this.#showsFine || status !== 'ok');
      if (all.length === 0) {
        return [];
      }
      const actions = {
        fixing: this.#fixing,
        onFix: (line: ShownLine) => void this.#fix(line),
        onCopyCli: (line: ShownLine) => this.#copyOf('cli.copy', line, 'The command is copied.'),
        onCopyPolicy: (line: ShownLine) => this.#copyOf('policy.copy', line, 'The policy is copied.'),
      };
      return [stageSection({ stage, title, all, lines }, actions)];
    });
  }

  async #fix({ key, stage, fix }: ShownLine): Promise<void> {
    this.#fixing = key;
    this.requestUpdate();
    await this.#ask(async () => {
      const isDone = await this.#client.call('fix.do', { key, fixId: fix?.id ?? '' });
      this.#tell(isDone ? 'The fix is done, and it was looked at again.' : 'Nothing was changed.');
    });
    this.#fixing = undefined;
    this.requestUpdate();
    await this.updateComplete;
    // The button may be gone with what it mended.
    this.querySelector<HTMLElement>(`[data-key="${key}"] .fix`)?.focus();
    if (document.activeElement === document.body) {
      this.querySelector<HTMLElement>(`#stage-${stage}`)?.focus();
    }
  }

  #copyReport(format: 'markdown' | 'json'): void {
    void this.#ask(async () => {
      await this.#client.call('report.copy', { format });
      this.#tell('The report is copied.');
    });
  }

  #copyOf(method: 'cli.copy' | 'policy.copy', { key }: ShownLine, told: string): void {
    void this.#ask(async () => {
      await this.#client.call(method, { key });
      this.#tell(told);
    });
  }

  #call(method: 'report.run' | 'report.cancel' | 'subject.choose'): void {
    void this.#ask(() => this.#client.call(method, undefined));
  }

  #filter({ target }: Event): void {
    this.#showsFine = target instanceof HTMLElement && 'checked' in target && target.checked === true;
    pageState.set(this.#showsFine ? 'all' : 'attention');
    this.requestUpdate();
  }

  async #ask(work: () => Promise<void>): Promise<void> {
    this.#failure = '';
    try {
      await work();
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  #tell(text: string): void {
    this.#told = text;
    setTimeout(() => {
      this.#told = ''; // So that the same can be told once more.
      this.requestUpdate();
    }, copiedMs);
  }

  #show(report: ShownReport): void {
    this.#report = report;
    this.requestUpdate();
  }
}
