import { html, LitElement, nothing } from 'lit';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { Decision } from '../../src/core/review/review.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { nothingToAccept, ownClass } from './acceptance.js';
import { messageOf } from './failure.js';
import { attributeOf, isSameList, listProperty, type ObjectList, readObjects } from './objectList.js';
import type { ReviewDecisions } from './reviewDecisions.js';
import { reviewTotals } from './reviewTotals.js';

/** The number keys, in the order of the classes. */
const numberKeys = '1234567890';

const rowsAtOnce = 50;

interface Deciding {
  readonly choose: Choose;
  readonly place: number;
  readonly list: ObjectList;
  readonly version: string;
}

/** What is decided of a row. Throws what to say where that is not possible. */
type Choose = (row: ManifestRow) => Partial<Decision>;

/** Why an object has no decision, at its place. */
interface Refusal {
  readonly place: number;
  readonly reason: string;
}

const undecided: Decision = { isFlagged: false, comment: '' };

/** What a reviewer decides of the object that is open; each decision by one key, and on to the next object. */
export class ReviewBar extends LitElement {
  static override properties = {
    client: { attribute: false },
    list: listProperty,
    place: { attribute: false },
    total: { attribute: false },
    attribute: { attribute: false },
    classes: { attribute: false },
    version: { attribute: false },
    decisions: { attribute: false },
    revision: { attribute: false },
    rows: { state: true },
    isCommenting: { state: true },
    refusal: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare list: ObjectList;
  /** Among the objects of the list. */
  declare place: number;
  declare total: number;
  /** Whose labels are reviewed, where the manifest has others, too. */
  declare attribute: string | undefined;
  /** That a label may be changed to; none where labels are no classes. */
  declare classes: readonly string[];
  declare version: string;
  declare decisions: ReviewDecisions;
  /** Another one means that decisions have changed. */
  declare revision: number;
  /** From the object that is open on, so that whoever is quick need not wait for each. */
  declare private rows: { readonly first: number; readonly rows: readonly ManifestRow[] };
  declare private isCommenting: boolean;
  declare private refusal: Refusal | undefined;
  #reading: AbortController | undefined;
  #deciding: Promise<void> = Promise.resolve();

  constructor() {
    super();
    this.isCommenting = false;
    this.rows = { first: 0, rows: [] };
  }

  override createRenderRoot() {
    return this;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('list') || changed.has('version')) {
      this.rows = { first: 0, rows: [] };
    }
    if (changed.has('place') || changed.has('list') || changed.has('version')) {
      this.isCommenting = false;
      if (this.#row === undefined) {
        void this.#read();
      }
    }
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('isCommenting') && this.isCommenting) {
      this.querySelector<HTMLInputElement>('.review-comment')?.focus();
    }
  }

  /** A key that means something here is taken, and no other. */
  readonly takeKey = (event: KeyboardEvent): boolean => {
    const isInField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    const isClick = event.target instanceof HTMLButtonElement && event.key === 'Enter';
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
    if (isInField || isClick || event.altKey || ((event.ctrlKey || event.metaKey) && !isUndo)) {
      return false;
    }
    const className = this.classes[numberKeys.indexOf(event.key)];
    if (event.repeat && !isUndo && !event.key.startsWith('Arrow')) {
      return true; // A key that is held down must not decide of objects that nobody has looked at.
    }
    if (isUndo) {
      this.#tell(event.shiftKey ? 'redo' : 'undo');
    } else if (event.key !== '' && numberKeys.includes(event.key) && className !== undefined) {
      this.#classify(className);
    } else if (event.key !== '' && numberKeys.includes(event.key) && this.classes.length === 0) {
      const reason = 'These labels are not of one class each, so none can be chosen.';
      this.refusal = { place: this.place, reason };
    } else if (event.key === 'a' || event.key === 'Enter') {
      this.#accept();
    } else if (event.key === 'f') {
      this.#flag();
    } else if (event.key === 'c') {
      this.isCommenting = true;
    } else if (event.key === 'Escape') {
      this.#tell('close');
    } else {
      return false;
    }
    return true;
  };

  override render() {
    const { verdict, isFlagged, comment } = this.#decision;
    const isAccepted = verdict?.kind === 'accepted';
    const refusal = this.#row && nothingToAccept(this.#row, this.classes);
    return html`<div class="review-bar" role="toolbar" aria-label="Review">
      ${this.attribute === undefined ? nothing : html`<span class="review-attribute muted">${this.attribute}</span>`}
      <button
        class="chip ${isAccepted ? 'on' : ''}"
        aria-pressed=${isAccepted}
        ?disabled=${refusal !== undefined}
        title=${refusal ?? 'Accept the label as it is, and go on (A or Enter)'}
        @click=${() => this.#accept()}
      >
        <span class="codicon codicon-check"></span>Accept
      </button>
      ${this.classes.map((name, place) => this.#renderClass(name, place))}
      <button
        class="chip ${isFlagged ? 'on' : ''}"
        aria-pressed=${isFlagged}
        title="Flag (F)"
        @click=${() => this.#flag()}
      >
        <span class="codicon codicon-flag"></span>Flag
      </button>
      ${
        this.isCommenting
          ? html`<input
              class="review-comment"
              type="text"
              aria-label="Comment"
              placeholder="Comment: Enter keeps it, Escape does not"
              .value=${comment}
              @keydown=${this.#commentKey}
              @blur=${() => (this.isCommenting = false)}
            />`
          : html`<button
              class="chip ${comment === '' ? '' : 'on'}"
              title=${comment === '' ? 'Comment (C)' : `${comment} (C to change)`}
              @click=${() => (this.isCommenting = true)}
            >
              <span class="codicon codicon-comment"></span>${comment === '' ? 'Comment' : comment}
            </button>`
      }
      ${reviewTotals({
        client: this.client,
        decisions: this.decisions,
        error: this.refusal?.place === this.place ? this.refusal.reason : undefined,
        undoKey: 'Ctrl+Z',
        onUndo: () => this.#tell('undo'),
      })}
    </div>`;
  }

  #renderClass(name: string, place: number) {
    const key = numberKeys[place];
    const { verdict } = this.#decision;
    const isChosen = verdict?.kind === 'changed' && verdict.className === name;
    return html`<button
      class="chip ${isChosen ? 'on' : ''}"
      aria-pressed=${isChosen}
      title=${`This is “${name}”${key === undefined ? '' : ` (${key})`}`}
      @click=${() => this.#classify(name)}
    >
      ${key === undefined ? nothing : html`<kbd>${key}</kbd>`}${name}
    </button>`;
  }

  get #row(): ManifestRow | undefined {
    return this.rows.rows[this.place - this.rows.first];
  }

  get #decision(): Decision {
    return (this.#row && this.decisions.at(this.#row.line)) ?? undecided;
  }

  #accept(): void {
    this.#decide((row) => {
      const reason = nothingToAccept(row, this.classes);
      if (reason !== undefined) {
        throw new Error(reason);
      }
      return { verdict: { kind: 'accepted' } };
    }, true);
  }

  /** The class that the label has already is accepted by its own key, too. */
  #classify(className: string): void {
    this.#decide(
      (row) => ({ verdict: ownClass(row) === className ? { kind: 'accepted' } : { kind: 'changed', className } }),
      true,
    );
  }

  #flag(): void {
    this.#decide((row) => ({ isFlagged: this.decisions.at(row.line)?.isFlagged !== true }), false);
  }

  readonly #commentKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') {
      const comment = (event.target as HTMLInputElement).value.trim();
      this.#decide(() => ({ comment }), false);
    }
    if (event.key === 'Enter' || event.key === 'Escape') {
      this.isCommenting = false;
      this.#tell('done-commenting');
    }
  };

  /**
   * The page goes on at once and the decision is sent after those before it: a key acts on the object that was open
   * when it was pressed, however quickly the next one comes.
   */
  #decide(choose: Choose, goesOn: boolean): void {
    const { list, place, version } = this;
    if (goesOn && place + 1 < this.total) {
      this.#tell('go', place + 1);
    }
    this.#deciding = this.#decideAfter(this.#deciding, { choose, place, list, version });
  }

  async #decideAfter(before: Promise<void>, { choose, place, list, version }: Deciding): Promise<void> {
    await before;
    try {
      const row = await this.#rowAt(place, { list, version });
      const attribute = attributeOf(list);
      if (row && attribute !== undefined) {
        const decision = { ...(this.decisions.at(row.line) ?? undecided), ...choose(row) };
        await this.client.call('review.decide', { attribute, line: row.line, source: row.source, decision });
        this.refusal = this.refusal?.place === place ? undefined : this.refusal;
      }
    } catch (error) {
      this.refusal = { place, reason: messageOf(error) };
      this.#tell('go', place);
    }
  }

  async #rowAt(place: number, at: Pick<ReviewBar, 'list' | 'version'>): Promise<ManifestRow | undefined> {
    const { first, rows } = this.rows;
    const isSame = isSameList(this.list, at.list) && this.version === at.version;
    const known = isSame ? rows[place - first] : undefined;
    return known ?? (await readObjects(this.client, at.list, { first: place, count: 1 }))[0];
  }

  async #read(): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    try {
      const { place: first } = this;
      const rows = await readObjects(this.client, this.list, { first, count: rowsAtOnce }, reading.signal);
      this.rows = { first, rows };
    } catch (error) {
      if (!reading.signal.aborted) {
        this.refusal = { place: this.place, reason: messageOf(error) };
      }
    }
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
