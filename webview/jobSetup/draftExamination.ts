import type { LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import type { Client } from '../../src/protocol/channel.js';
import type { DraftFinding, JobSetup } from '../../src/protocol/jobSetup.js';

/** Whoever types is not done yet. */
const pauseMs = 1_500;

/** What the doctor says of the draft: asked while the form is filled in, so that Create need not wait for it. */
export class DraftExamination {
  readonly #client: Client<JobSetup>;
  readonly #onChange: () => void;
  /** Of the draft as it was last looked at. */
  findings: readonly DraftFinding[] = [];
  #draft = '';
  #looking: Promise<readonly DraftFinding[]> | undefined;
  #timer: number | undefined;
  #running = new AbortController();

  constructor(client: Client<JobSetup>, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
  }

  soon(draft: LabelingJobDraft): void {
    if (JSON.stringify(draft) !== this.#draft) {
      this.stop();
    }
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.of(draft), pauseMs);
  }

  /** Nobody waits for what is found of the draft as it was: the host ends its requests, too. */
  stop(): void {
    window.clearTimeout(this.#timer);
    this.#running.abort(new DOMException('The draft is another one', 'AbortError'));
    this.#looking = undefined;
  }

  /** What the draft depends on may have changed, such as a team's members. */
  forget(): void {
    this.#looking = undefined;
  }

  /** Asked once for each draft. A doctor that cannot look keeps nobody from creating a job. */
  of(draft: LabelingJobDraft): Promise<readonly DraftFinding[]> {
    const name = JSON.stringify(draft);
    if (this.#looking === undefined || name !== this.#draft) {
      this.stop();
      this.#draft = name;
      this.#running = new AbortController();
      this.#looking = this.#look(draft, this.#running.signal);
    }
    return this.#looking;
  }

  async #look(draft: LabelingJobDraft, signal: AbortSignal): Promise<readonly DraftFinding[]> {
    const name = this.#draft;
    try {
      const findings = await this.#client.call('draft.examine', draft, signal);
      if (name === this.#draft) {
        this.findings = findings;
        this.#onChange();
      }
      return findings;
    } catch {
      return []; // The host's log has why; what is really wrong, creating the job says too.
    }
  }
}
