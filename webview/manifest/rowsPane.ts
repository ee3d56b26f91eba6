import { html, nothing } from 'lit';
import type { RowFilter, RowQuery, RowSort } from '../../src/core/manifest/arrangement.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, RowLook } from '../../src/protocol/manifestEditor.js';
import { attributeChoice } from './attributeChoice.js';
import { confidenceBanner } from './confidenceMix.js';
import { noMatch } from './emptyManifest.js';
import { failure } from './failure.js';
import { noFilter } from './filterBar.js';
import type { Counted } from './counted.js';
import type { ReviewDecisions } from './reviewDecisions.js';
import { listReviewBar } from './reviewTotals.js';
import type { ShapeLooks } from './shapeLooks.js';
import type { Thumbnails } from './thumbnails.js';
import { showsShapesIn } from './viewSwitch.js';

interface RowsPaneOptions {
  readonly client: Client<ManifestEditor>;
  readonly thumbnails: Thumbnails | undefined;
  readonly isHidden: boolean;
  readonly summary: ScannedSummary;
  readonly attribute: AttributeSummary | undefined;
  readonly query: RowQuery;
  readonly filter: RowFilter;
  readonly version: string;
  readonly isEstimated: boolean;
  readonly decisions: ReviewDecisions;
  readonly isReviewing: boolean;
  readonly revision: number;
  readonly active: number;
  readonly look: RowLook;
  readonly looks: ShapeLooks;
  readonly counted: Counted;
  readonly onRetry: () => void;
  readonly onAttribute: (attribute: string) => void;
  readonly onFilter: (filter: RowFilter) => void;
  readonly onSort: (sort: RowSort) => void;
  readonly onLook: (look: RowLook) => void;
  readonly onCounted: (counted: Counted) => void;
  readonly onOpen: (place: number) => void;
  readonly onUndo: () => void;
}

/** The objects of the manifest, as a list or as a gallery, and what they are narrowed to. */
export function rowsPane(options: RowsPaneOptions) {
  const { summary, attribute, query, filter, look, onFilter, onSort, onLook } = options;
  const { total, error, hasDrawings, searched } = options.counted;
  return html`<div class="list" ?hidden=${options.isHidden}>
    ${attributeChoice(summary.attributes, attribute, options.onAttribute)}
    ${options.isReviewing && !options.isHidden ? listReviewBar(options) : nothing}
    <gt-filter-bar
      .filter=${filter}
      .total=${total}
      .searched=${searched}
      .objects=${summary.objects}
      .hasConfidence=${(attribute?.confidence.computed ?? 0) > 0}
      .searchesBeginnings=${summary.hasCutTexts}
      .look=${look}
      .hasDrawings=${hasDrawings}
      .sort=${query.sort}
      .isEstimated=${options.isEstimated}
      @filter=${({ detail }: CustomEvent<RowFilter>) => onFilter(detail)}
      @sort=${({ detail }: CustomEvent<RowSort>) => onSort(detail)}
      @refresh=${() => void options.client.call('pictures.refresh', undefined)}
      @look=${({ detail }: CustomEvent<RowLook>) => onLook(detail)}
    ></gt-filter-bar>
    ${confidenceBanner(attribute, query, onFilter)} ${error === undefined ? nothing : failure(error, options.onRetry)}
    ${look.view === 'list' ? list(options) : gallery(options)}
    ${total === 0 && !searched ? noMatch(() => onFilter(noFilter)) : nothing}
  </div>`;
}

function list(options: RowsPaneOptions) {
  return html`<gt-row-list
    class="places"
    .client=${options.client}
    .thumbnails=${options.thumbnails}
    .query=${options.query}
    .attribute=${options.attribute}
    .version=${options.version}
    .isEstimated=${options.isEstimated}
    .decisions=${options.decisions}
    .revision=${options.revision}
    .active=${options.active}
    @counted=${({ detail }: CustomEvent<Counted>) => options.onCounted(detail)}
    @sort=${({ detail }: CustomEvent<RowSort>) => options.onSort(detail)}
    @open-row=${({ detail }: CustomEvent<{ place: number }>) => options.onOpen(detail.place)}
  ></gt-row-list>`;
}

function gallery(options: RowsPaneOptions) {
  const { attribute, look, looks, summary } = options;
  const { colors, switches } = looks;
  const showsShapes = showsShapesIn(look);
  const colorOf = (name: string, className: string) =>
    colors.colorOf(
      summary.attributes.find((one) => one.name === name),
      className,
    );
  return html`<gt-gallery
    class="places"
    .client=${options.client}
    .thumbnails=${options.thumbnails}
    .query=${options.query}
    .version=${options.version}
    .isEstimated=${options.isEstimated}
    .decisions=${options.decisions}
    .revision=${options.revision}
    .active=${options.active}
    .pictureSize=${look.pictureSize}
    .colorOf=${(className: string) => colors.colorOf(attribute, className)}
    .showsShapes=${showsShapes}
    .drawingLook=${{ switches, colorOf }}
    @counted=${({ detail }: CustomEvent<Counted>) => options.onCounted(detail)}
    @open-row=${({ detail }: CustomEvent<{ place: number }>) => options.onOpen(detail.place)}
    @flip-shapes=${() => options.onLook({ ...look, showsShapes: !showsShapes })}
    @resize-pictures=${({ detail }: CustomEvent<number>) => options.onLook({ ...look, pictureSize: detail })}
  ></gt-gallery>`;
}
