import { html, LitElement, nothing } from 'lit';
import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, ManifestState, RowLook } from '../../src/protocol/manifestEditor.js';
import {
  type Arranged,
  arrangedQuery,
  type Estimated,
  keepArranged,
  keptArranged,
  openedList,
  selectedAttribute,
  withOpened,
  withoutOpened,
  withSeen,
} from './arranged.js';
import { backToList, placeListIn, undoInList } from './backToList.js';
import { emptyManifest, hasBody } from './emptyManifest.js';
import { unread } from './failure.js';
import { noFilter } from './filterBar.js';
import { KeptLook } from './keptLook.js';
import { classesToChoose, focusObject, objectPane } from './objectPane.js';
import { attributeOf } from './objectList.js';
import { overview } from './overview.js';
import { pageHeader, scanProgress } from './pageHeader.js';
import { isInstead, type Pane, paneInstead } from './panes.js';
import type { PictureDecoder } from './pictureDecoder.js';
import type { Counted } from './counted.js';
import { ReviewDecisions } from './reviewDecisions.js';
import { rowsPane } from './rowsPane.js';
import { ShapeLooks } from './shapeLooks.js';
import { ShownQuery } from './shownQuery.js';
import { StateReading, versionOf } from './stateReading.js';
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
    revision: { state: true },
    counted: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare decoder: PictureDecoder;
  declare private state: ManifestState | undefined;
  declare private arranged: Arranged;
  declare private pane: Pane;
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
    this.revision = 0;
    this.counted = { total: undefined, error: undefined, hasDrawings: false };
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
    this.client.on('compare.chosen', () => {
      this.pane = 'compare';
      this.arranged = keepArranged(withoutOpened(this.arranged)); // The object would stand in the pane's place.
    });
    void this.#showChosen();
    this.#read();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('pane') && (this.pane === 'compare' || changed.get('pane') === 'compare')) {
      this.arranged = keepArranged({ ...this.arranged, isComparisonLeft: this.pane !== 'compare' });
    }
  }

  override render() {
    const { state } = this;
    if (this.error !== undefined || !state) {
      return unread(this.error, () => this.#read());
    }
    const { summary } = state;
    return html`${pageHeader(state, this.pane, {
      toggle: (pane) => this.#toggle(pane),
      openText: this.#openText,
      review: (isByMouse) => this.#review(isByMouse),
      isReviewing: this.arranged.isReviewing,
      decisions: this.#decisions.size,
      showActions: () => void this.client.call('actions.show', undefined),
    })}
    ${scanProgress(state.progress, () => void this.client.call('manifest.rescan', undefined))}
    ${summary && hasBody(summary, state, this.pane) ? this.#renderBody(summary) : emptyManifest(state, this.#openText, () => this.#toggle('problems'))}`;
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
        version: versionOf(this.state, summary),
        isEstimated: this.#isEstimated(query.attribute, summary),
        decisions: this.#decisions,
        isReviewing: this.arranged.isReviewing,
        revision: this.revision,
        active: this.arranged.active,
        look: this.#look,
        looks: this.#looks,
        counted: this.counted,
        onRetry: this.#retryRows,
        onAttribute: (name) => this.#arrange({ attribute: name, filter: noFilter }),
        onFilter: (narrowed) => this.#arrange({ filter: narrowed }),
        onSort: (sort) => this.#arrange({ sort }),
        onLook: (look) => this.#show(look),
        onCounted: (counted) => (this.counted = counted),
        onOpen: (place) => this.#open(place),
        onUndo: () => undoInList(this, this.#decisions, query),
      })}
      ${
        opened === undefined || this.pane === 'compare'
          ? paneInstead(this.pane, {
              client: this.client,
              thumbnails: this.#thumbnails,
              summary,
              version: versionOf(this.state, summary),
              isCovered: opened !== undefined,
              onOpenCompared: (compared, place) => {
                this.arranged = keepArranged({ ...this.arranged, compared, opened: place });
              },
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
    const { list, total } = openedList(this.arranged, { query, total: this.counted.total });
    const attribute = summary.attributes.find(({ name }) => name === attributeOf(list));
    return objectPane({
      client: this.client,
      list,
      place,
      total,
      version: versionOf(this.state, summary),
      summaries: summary.attributes,
      looks: this.#looks,
      review: this.arranged.isReviewing
        ? { classes: classesToChoose(attribute), decisions: this.#decisions }
        : undefined,
      revision: this.revision,
      onGo: (next) => this.#open(next),
      onClose: this.#close,
      onStep: (step) => void this.#decisions.step(step, list, (found) => this.#open(found)),
    });
  }

  readonly #openText = () => void this.client.call('text.open', {});

  #queryOf(attribute: AttributeSummary | undefined, summary: ScannedSummary): RowQuery {
    const query = arrangedQuery(this.arranged, attribute, (name) => this.#isEstimated(name, summary));
    return (this.#shownQuery ??= new ShownQuery(this.client)).show(query);
  }

  #isEstimated(attribute: string | undefined, summary: ScannedSummary): boolean {
    return this.estimated?.attribute === attribute && this.estimated?.version === versionOf(this.state, summary);
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

  #review(isByMouse: boolean): void {
    this.arranged = keepArranged({ ...this.arranged, isReviewing: !this.arranged.isReviewing });
    if (isByMouse) {
      void this.updateComplete.then(() => focusObject(this)); // Not the button: keys decide of the object.
    }
    if (this.arranged.isReviewing && this.arranged.opened === undefined) {
      this.#open(placeListIn(this)?.active ?? this.arranged.active);
      this.pane = 'rows';
    }
  }

  /** An editor that was out of sight, or opened to be compared, goes on with what was chosen for it. */
  async #showChosen(): Promise<void> {
    const isChosen = (await this.client.call('compare.read', undefined)) !== undefined;
    if (isChosen && this.arranged.isComparisonLeft !== true) {
      this.pane = 'compare';
    } else if (!isChosen && this.arranged.compared) {
      this.arranged = keepArranged(withoutOpened(this.arranged)); // The comparison ended with the window.
    }
  }

  /** Shows the rows, unless the pane that arranged them goes on. */
  #arrange(change: Partial<Arranged>, pane: Pane = this.pane === 'overview' ? 'overview' : 'rows'): void {
    // Of a comparison's list nothing is arranged here: the rows take its place.
    const before = this.arranged.compared ? withoutOpened(this.arranged) : this.arranged;
    this.arranged = keepArranged({ ...withSeen(before, this.state?.summary), active: 0, ...change });
    this.pane = pane;
  }

  get #look(): RowLook {
    return this.arranged.look ?? this.#keptLook?.last ?? usualLook;
  }

  /** The other view shows the same place. */
  #show(look: RowLook): void {
    this.arranged = keepArranged({ ...this.arranged, look, active: placeListIn(this)?.active ?? this.arranged.active });
    this.#keptLook?.keep(look);
  }

  #open(place: number): void {
    this.arranged = keepArranged(withOpened(this.arranged, place));
  }

  readonly #close = () => {
    const { opened = 0, compared } = this.arranged;
    this.arranged = keepArranged(withoutOpened(this.arranged));
    void this.updateComplete.then(() => backToList(this, opened, compared));
  };

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
    placeListIn(this)?.retry();
  };

  #toggle(pane: Pane): void {
    if (this.arranged.compared && pane === this.pane) {
      this.#close(); // Whoever wants to see the comparison sees it.
      return;
    }
    this.pane = this.pane === pane ? 'rows' : pane;
    if (this.arranged.opened !== undefined && (isInstead(this.pane) || this.arranged.compared)) {
      this.arranged = keepArranged(withoutOpened(this.arranged)); // The object would stand in the pane's place.
    }
  }
}
