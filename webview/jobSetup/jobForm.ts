import { checkDraft, isPictureAddress, type DraftField, type DraftProblem } from '../../src/core/jobs/checkDraft.js';
import { draftWarnings, type DraftWarning } from '../../src/core/jobs/draftWarnings.js';
import { emptyDraft, type ExamplePicture, type LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import { suggestJobName } from '../../src/core/jobs/suggestJobName.js';
import { withoutGone } from '../../src/core/jobs/withoutGone.js';
import type { ExecutionRole } from '../../src/core/executionRoles.js';
import type { Client } from '../../src/protocol/channel.js';
import type { JobSetup, OpenedForm, TeamChoice } from '../../src/protocol/jobSetup.js';
import type { CreationState, InputState } from './formStates.js';
import { DraftExamination } from './draftExamination.js';
import { inputPlace } from './inputPlace.js';
import { Listing } from './listing.js';

export type ExampleField = 'goodExample' | 'badExample';

export interface FormOptions {
  readonly keep: (draft: LabelingJobDraft) => void;
  readonly onChange: () => void;
  readonly now: () => Date;
}

/** What the form knows and does, without its looks. */
export class JobForm {
  readonly client: Client<JobSetup>;
  readonly buckets: Listing<string>;
  readonly teams: Listing<TeamChoice>;
  readonly roles: Listing<ExecutionRole>;
  readonly jobNames: Listing<string>;
  readonly examination: DraftExamination;
  draft: LabelingJobDraft = emptyDraft;
  opened: OpenedForm | undefined;
  input: InputState = { kind: 'none' };
  creation: CreationState = { kind: 'idle' };
  /** Why the last thing that was asked of the host, such as Browse, did not come about. */
  failure = '';
  /** Problems of the fields that were left once, or of all of them since Create was pressed. */
  readonly #visited = new Set<DraftField>();
  /** The example whose address is being typed, and the address that is shown until it is whole. */
  #typing: { readonly field: ExampleField; readonly shown: string } | undefined;
  #showsAll = false;
  #reading = new AbortController();
  #readPlace = '';
  #creating = new AbortController();
  readonly #options: FormOptions;

  constructor(client: Client<JobSetup>, options: FormOptions) {
    this.client = client;
    this.#options = options;
    const { onChange } = options;
    this.buckets = new Listing(() => client.call('buckets.list', undefined), onChange);
    this.teams = new Listing(() => client.call('teams.list', undefined), onChange);
    this.roles = new Listing(() => client.call('roles.list', undefined), onChange);
    this.jobNames = new Listing(() => client.call('jobNames.list', undefined), onChange);
    this.examination = new DraftExamination(client, onChange);
    client.on('draft.changed', (draft) => this.change(draft));
    // A form that could not be opened yet has no draft: it must not take the place of the one that is kept.
    client.on('form.reopened', () => void this.ask(() => this.open(this.opened && this.draft)));
    client.on('input.counted', ({ pictures }) => {
      if (this.input.kind === 'reading') {
        this.#set(() => (this.input = { kind: 'reading', pictures }));
      }
    });
    client.on('creation.step', (step) => {
      if (this.creation.kind === 'running') {
        this.#set(() => (this.creation = { kind: 'running', step }));
      }
    });
    client.on('role.created', (role) => {
      this.roles.add(role);
      this.change({ roleArn: role.arn });
    });
  }

  async open(kept: LabelingJobDraft | undefined): Promise<void> {
    const opened = await this.client.call('form.open', kept === undefined ? {} : { kept });
    this.#set(() => {
      this.opened = opened;
      this.draft = opened.draft;
      if (this.creation.kind === 'created') {
        this.creation = { kind: 'idle' };
      }
    });
    await Promise.all([this.#suggestName(), this.#chooseOnlyTeam(), this.buckets.load(), this.roles.load()]);
    this.#forgetGone();
    void this.readInput();
  }

  /** Lists what may have changed outside: after a team or a bucket was made, or when the window is looked at again. */
  async refresh(): Promise<void> {
    this.examination.forget();
    await Promise.all([this.buckets.load(), this.#chooseOnlyTeam(), this.jobNames.load(), this.roles.load()]);
    this.#forgetGone();
    void this.readInput();
  }

  change(changed: Partial<LabelingJobDraft>): void {
    this.#set(() => {
      this.draft = { ...this.draft, ...changed };
      this.creation = this.creation.kind === 'doubtful' ? { kind: 'idle' } : this.creation;
    });
    this.#options.keep(this.draft);
    this.#examineSoon();
  }

  /** Each letter of an address would name another picture: it is shown when it has been typed to its end. */
  typeAddress(field: ExampleField, picture: string): void {
    if (this.#typing?.field !== field) {
      this.#typing = { field, shown: this.draft[field].picture };
    }
    this.change({ [field]: { ...this.draft[field], picture } });
  }

  changeExample(field: ExampleField, changed: Partial<ExamplePicture>): void {
    this.change({ [field]: { ...this.draft[field], ...changed } });
  }

  /** The address has been typed, pasted or chosen. */
  showAddress(): void {
    this.#set(() => (this.#typing = undefined));
  }

  /** The draft as far as it can be shown: without addresses that are none, or none yet. */
  shownDraft(): LabelingJobDraft {
    const shown = (field: ExampleField): ExamplePicture => {
      const { picture, description } = this.draft[field];
      const address = this.#typing?.field === field ? this.#typing.shown : picture;
      return { picture: isPictureAddress(address.trim()) ? address : '', description };
    };
    return { ...this.draft, goodExample: shown('goodExample'), badExample: shown('badExample') };
  }

  /** Has the host do something, such as to show a picker; why it failed is shown until the next try. */
  async ask<T>(work: () => Promise<T>, then: (result: T) => unknown = () => undefined): Promise<void> {
    this.#set(() => (this.failure = ''));
    try {
      await then(await work());
    } catch (error) {
      this.#set(() => (this.failure = messageOf(error)));
    }
  }

  /** A field was left: from now on its problem stands there. */
  visit(field: DraftField): void {
    this.#set(() => this.#visited.add(field));
  }

  problems(): readonly DraftProblem[] {
    return checkDraft(this.draft, {
      ...(this.jobNames.isLoaded && { jobNames: this.jobNames.items }),
      ...(this.buckets.isLoaded && { buckets: this.buckets.items }),
      ...(this.input.kind === 'ready' && { input: this.input.summary }),
    });
  }

  /** They are to be seen at once, and keep nobody from creating the job. */
  warnings(): readonly DraftWarning[] {
    const team = this.teams.items.find(({ arn }) => arn === this.draft.teamArn);
    return draftWarnings(this.draft, team === undefined ? {} : { team });
  }

  /** The problems that are to be seen now. */
  shownProblems(): readonly DraftProblem[] {
    return this.problems().filter(({ field }) => this.#showsAll || this.#visited.has(field));
  }

  /** Reads the chosen input again where it is another than before. */
  async readInput({ again = false } = {}): Promise<void> {
    const place = inputPlace(this.draft, this.buckets);
    const name = JSON.stringify(place ?? '');
    if (name === this.#readPlace && !again) {
      return;
    }
    this.#readPlace = name;
    this.#reading.abort();
    if (place === undefined) {
      this.#set(() => (this.input = { kind: 'none' }));
      return;
    }
    const { signal } = (this.#reading = new AbortController());
    this.#set(() => (this.input = { kind: 'reading', pictures: 0 }));
    try {
      const summary = await this.client.call('input.read', place, signal);
      this.#set(() => (this.input = { kind: 'ready', summary }));
      this.#examineSoon();
    } catch (error) {
      if (!signal.aborted) {
        this.#set(() => (this.input = { kind: 'failed', message: messageOf(error) }));
      }
    }
  }

  /** Resolves to whether the draft was fit to be created; where not, its problems now stand at their fields. */
  async create({ anyway = false } = {}): Promise<boolean> {
    this.#set(() => (this.#showsAll = true));
    if (this.problems().length > 0) {
      return false;
    }
    const { signal } = (this.#creating = new AbortController());
    this.#set(() => (this.creation = { kind: 'running', step: undefined }));
    try {
      const findings = anyway ? [] : await this.examination.of(this.draft);
      signal.throwIfAborted();
      const errors = findings.filter(({ status }) => status === 'error');
      if (errors.length > 0) {
        this.#set(() => (this.creation = { kind: 'doubtful', findings: errors }));
        return true;
      }
      const result = await this.client.call('job.create', this.draft, signal);
      if (result.kind === 'refused') {
        await this.refresh();
        void this.readInput({ again: true });
        this.#set(() => (this.creation = { kind: 'idle' }));
        return false;
      }
      if (result.kind === 'declined') {
        this.#set(() => (this.creation = { kind: 'idle' }));
        return true;
      }
      const pictureCount = this.input.kind === 'ready' ? this.input.summary.pictures : undefined;
      const job = { name: result.name, draft: this.draft, pictureCount };
      this.#set(() => (this.creation = { kind: 'created', job }));
      this.#startOver();
    } catch (error) {
      this.#set(
        () => (this.creation = signal.aborted ? { kind: 'idle' } : { kind: 'failed', message: messageOf(error) }),
      );
    }
    return true;
  }

  cancel(): void {
    this.#creating.abort(new DOMException('Given up', 'AbortError'));
    this.examination.stop();
  }

  /** Another job like the last: all but the name is kept, for a name is used up once its job exists. */
  #startOver(): void {
    this.#showsAll = false;
    this.#visited.clear();
    this.jobNames.add(this.draft.jobName);
    this.change({ jobName: suggestJobName(this.jobNames.items, this.#options.now()) });
  }

  again(): void {
    this.#set(() => (this.creation = { kind: 'idle' }));
  }

  async #suggestName(): Promise<void> {
    await this.jobNames.load();
    if (this.draft.jobName === '') {
      this.change({ jobName: suggestJobName(this.jobNames.items, this.#options.now()) });
    }
  }

  async #chooseOnlyTeam(): Promise<void> {
    await this.teams.load();
    const [only, ...others] = this.teams.items;
    const isGone = this.teams.isLoaded && !this.teams.items.some(({ arn }) => arn === this.draft.teamArn);
    if (isGone) {
      this.change({ teamArn: only !== undefined && others.length === 0 ? only.arn : '' });
    }
  }

  #forgetGone(): void {
    const draft = withoutGone(this.draft, {
      ...(this.buckets.isLoaded && { buckets: this.buckets.items }),
      ...(this.roles.isLoaded && { roleArns: this.roles.items.map(({ arn }) => arn) }),
    });
    if (draft !== this.draft) {
      this.change(draft);
    }
    for (const { field, problem } of this.problems()) {
      if (problem.kind === 'noSuchBucket') {
        this.visit(field); // It was right when it was typed.
      }
    }
  }

  /** A form that is not filled in says by itself what is missing. */
  #examineSoon(): void {
    if (!this.opened || this.creation.kind === 'running') {
      return;
    }
    if (this.problems().length === 0) {
      this.examination.soon(this.draft);
    } else {
      this.examination.stop();
    }
  }

  #set(change: () => void): void {
    change();
    this.#options.onChange();
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
