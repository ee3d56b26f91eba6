import { html, LitElement, nothing } from 'lit';
import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, ManifestState, RowLook } from '../../src/protocol/manifestEditor.js';
import { type Arranged, type Estimated, keepArranged, keptArranged, selectedAttribute, untouched } from './arranged.js';
import { emptyManifest } from './emptyManifest.js';
import { failure } from './failure.js';
import { noFilter } from './filterBar.js';
import { KeptLook } from './keptLook.js';
import { classesToChoose, objectPane } from './objectPane.js';
import { overview } from './overview.js';
import { pageHeader, scanProgress } from './pageHeader.js';
import { isInstead, type Pane, paneInstead } from './panes.js';
import type { PictureDecoder } from './pictureDecoder.js';
import { type Counted, PlaceList } from './placeList.js';
import { ReviewDecisions } from './reviewDecisions.js';
import { rowsPane } from './rowsPane.js';
import { ShapeLooks } from './shapeLooks.js';
import { ShownQuery } from './shownQuery.js';
import { StateReading } from './stateReading.js';
import { Thumbnails } from './thumbnails.js';
import { usualLook } from './viewSwitch.js';

/** The manifest editor's page. */
export class ManifestView extends LitElement {
  static override properties = {
    client: { attribute: false },
    state: { state: true },
    arranged: { state: true },
    pane: { state: true },
    estimated: { state: true },
    isReviewing: { state: true },
    revision: { state: true },
    counted: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare decoder: PictureDecoder;
  declare private state: ManifestState | undefined;
  declare private arranged: Arranged;
  declare private pane: Pane;
  declare private isReviewing: boolean;
  /** One more whenever a decision was made or taken back. */
  declare private revision: number;
  declare private estimated: Estimated | undefined;
  declare private counted: Counted;
  declare private error: string | undefined;
  #thumbnails: Thumbnails | undefined;
  #reviewed: ReviewDecisions | undefined;
  #reading: StateReading | undefined;
  #keptLook: KeptLook | undefined;
  #shownQuery: ShownQuery | undefined;
  readonly #looks = new ShapeLooks();

  constructor() {
    super();
    this.arranged = keptArranged();
    this.pane = 'rows';
    this.isReviewing = false;
    this.revision = 0;
    this.counted = { total: undefined, error: undefined };
  }

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#thumbnails = new Thumbnails({ client: this.client, decoder: this.decoder });
    this.#keptLook = new KeptLook(this.client, () => this.requestUpdate());
    void this.#decisions.read().catch(() => undefined); // Without a review there is nothing to show of it.
    this.client.on('manifest.changed', ({ progress }) => {
      this.state = this.state && { ...this.state, progress };
      this.#read();
    });
    this.client.on('compare.chosen', () => (this.pane = 'compare'));
    void this.#showChosen();
    this.#read();
  }

  override render() {
    const { state } = this;
    if (this.error !== undefined) {
      return html`<main>${failure(this.error, () => this.#read())}</main>`;
    }
    if (!state) {
      return html`<main class="empty" aria-busy="true">Opening…</main>`;
    }
    const { summary } = state;
    return html`${pageHeader(state, this.pane, {
      toggle: (pane) => this.#toggle(pane),
      openText: () => void this.client.call('text.open', {}),
      review: () => this.#review(),
      isReviewing: this.isReviewing,
      decisions: this.#decisions.size,
      showActions: () => void this.client.call('actions.show', undefined),
    })}
    ${scanProgress(state.progress, () => void this.client.call('manifest.rescan', undefined))}
    ${summary && summary.lines > 0 ? this.#renderBody(summary) : emptyManifest(state)}`;
  }

  #renderBody(summary: ScannedSummary) {
    const attribute = selectedAttribute(summary, this.arranged);
    const query = this.#queryOf(attribute, summary);
    const { opened, filter } = this.arranged;
    return html`<main class="body pane-${this.pane} ${opened === undefined ? '' : 'has-detail'}">
      <aside class="overview" aria-label="Overview">
        ${overview(summary, { selected: attribute, filter, onArrange: (change) => this.#arrange(change) })}
      </aside>
      ${rowsPane({
        client: this.client,
        thumbnails: this.#thumbnails,
        isHidden: opened !== undefined || isInstead(this.pane),
        summary,
        attribute,
        query,
        filter,
        version: this.#versionOf(summary),
        isEstimated: this.#isEstimated(query, summary),
        decisions: this.#decisions,
        revision: this.revision,
        active: this.arranged.active,
        look: this.#look,
        colors: this.#looks.colors,
        counted: this.counted,
        onRetry: this.#retryRows,
        onFilter: (narrowed) => this.#arrange({ filter: narrowed }),
        onSort: (sort) => this.#arrange({ sort }),
        onLook: (look) => this.#show(look),
        onCounted: (counted) => (this.counted = counted),
        onOpen: (place) => this.#open(place),
      })}
      ${
        opened === undefined || this.pane === 'compare'
          ? paneInstead(this.pane, {
              client: this.client,
              thumbnails: this.#thumbnails,
              summary,
              version: this.#versionOf(summary),
              isCovered: opened !== undefined,
              onOpenLine: (line, name) => void this.#openLine(line, name),
              query,
              total: this.counted.total,
              isComplete: this.state?.progress.kind === 'complete',
              onArrange: (change) => this.#arrange(change, this.pane),
              onShowRows: () => (this.pane = 'rows'),
              onEstimated: (estimated) => (this.estimated = estimated),
              onShowDisputed: (disputed, shown) => this.#showDisputed(disputed, shown),
            })
          : nothing
      }
      ${opened === undefined ? nothing : this.#renderOpened(opened, query, summary)}
    </main>`;
  }

  #renderOpened(place: number, query: RowQuery, summary: ScannedSummary) {
    return objectPane({
      client: this.client,
      query,
      place,
      total: this.counted.total ?? place + 1,
      version: this.#versionOf(summary),
      summaries: summary.attributes,
      looks: this.#looks,
      review: this.isReviewing
        ? { classes: classesToChoose(selectedAttribute(summary, this.arranged)), decisions: this.#decisions }
        : undefined,
      revision: this.revision,
      onGo: (next) => this.#open(next),
      onClose: this.#close,
      onStep: (step) => void this.#decisions.step(step, query, (found) => this.#open(found)),
    });
  }

  #queryOf(attribute: AttributeSummary | undefined, summary: ScannedSummary): RowQuery {
    const arranged: RowQuery = { attribute: attribute?.name, filter: this.arranged.filter, sort: this.arranged.sort };
    // After a reload, or when the manifest has grown, there is no estimate to sort by until the next analysis.
    const query =
      arranged.sort.by !== 'estimate' || this.#isEstimated(arranged, summary)
        ? arranged
        : { ...arranged, sort: untouched.sort };
    return (this.#shownQuery ??= new ShownQuery(this.client)).show(query);
  }

  #isEstimated({ attribute }: RowQuery, summary: ScannedSummary): boolean {
    return this.estimated?.attribute === attribute && this.estimated?.version === this.#versionOf(summary);
  }

  #showDisputed(attribute: string, place: number | undefined): void {
    this.pane = 'rows';
    this.#arrange({ attribute, filter: noFilter, sort: { by: 'estimate', isDescending: false } });
    if (place !== undefined) {
      this.#open(place);
    }
  }

  get #decisions(): ReviewDecisions {
    return (this.#reviewed ??= new ReviewDecisions(this.client, () => (this.revision += 1)));
  }

  #review(): void {
    this.isReviewing = !this.isReviewing;
    if (this.isReviewing && this.arranged.opened === undefined) {
      this.pane = 'rows';
      this.#open(this.arranged.active);
    }
  }

  /** An editor that was out of sight, or opened to be compared, goes on with what was chosen for it. */
  async #showChosen(): Promise<void> {
    if (await this.client.call('compare.read', undefined)) {
      this.pane = 'compare';
    }
  }

  /** Opens the object of a line over the comparison that lists it. */
  async #openLine(line: number, attribute: string | undefined): Promise<void> {
    const { filter, sort } = untouched;
    const place = await this.client.call('place.find', { query: { attribute, filter, sort }, line });
    if (place !== undefined) {
      this.arranged = { ...this.arranged, filter, sort, ...(attribute !== undefined && { attribute }) };
      this.#open(place);
    }
  }

  #versionOf({ lines }: ScannedSummary): string {
    return `${this.state?.version ?? 0}:${lines}`;
  }

  /** Shows the rows, unless the pane that arranged them goes on. */
  #arrange(change: Partial<Arranged>, pane: Pane = this.pane === 'overview' ? 'overview' : 'rows'): void {
    this.arranged = keepArranged({ ...this.arranged, active: 0, ...change });
    this.pane = pane;
  }

  get #look(): RowLook {
    return this.arranged.look ?? this.#keptLook?.last ?? usualLook;
  }

  /** The other view shows the same place. */
  #show(look: RowLook): void {
    this.arranged = keepArranged({ ...this.arranged, look, active: this.#list?.active ?? this.arranged.active });
    this.#keptLook?.keep(look);
  }

  #open(place: number): void {
    this.arranged = keepArranged({ ...this.arranged, opened: place, active: place });
  }

  readonly #close = () => {
    const { opened = 0, ...rest } = this.arranged;
    this.arranged = keepArranged(rest);
    void this.#backToList(opened);
  };

  async #backToList(place: number): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>('gt-compare-pane')?.focus();
    const list = this.#list;
    if (list) {
      await list.updateComplete;
      list.moveTo(place);
      list.focus();
    }
  }

  get #list(): PlaceList | undefined {
    const list = this.querySelector('.places');
    return list instanceof PlaceList ? list : undefined;
  }

  #read(): void {
    this.#reading ??= new StateReading(this.client, {
      onState: (state) => {
        this.state = state;
        this.error = undefined;
      },
      onError: (message) => (this.error = message),
    });
    this.#reading.read();
  }

  readonly #retryRows = () => {
    this.counted = { ...this.counted, error: undefined };
    this.#list?.retry();
  };

  #toggle(pane: Pane): void {
    this.pane = this.pane === pane ? 'rows' : pane;
    if (isInstead(this.pane) && this.arranged.opened !== undefined) {
      const { opened: _, ...rest } = this.arranged; // The object would stand in the pane's place.
      this.arranged = rest;
      keepArranged(rest);
    }
  }
}
