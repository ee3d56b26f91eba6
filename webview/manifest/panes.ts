import { html, nothing, type TemplateResult } from 'lit';
import { until } from 'lit/directives/until.js';
import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import type { Arranged, Estimated } from './arranged.js';
import { failure, messageOf } from './failure.js';
import { loadCharts, loadComparison } from './lateScripts.js';
import type { ComparedList } from './objectList.js';
import type { Thumbnails } from './thumbnails.js';

/** What is shown beside the overview; where there is little room, the overview takes its place. */
export type Pane = 'rows' | 'overview' | 'problems' | 'workers' | 'compare' | 'charts';

/** What a pane needs of the page, and what it tells. */
interface PaneOptions {
  readonly client: Client<ManifestEditor>;
  readonly thumbnails: Thumbnails | undefined;
  readonly summary: ScannedSummary;
  /** Another one means that what was read must be read anew. */
  readonly version: string;
  /** The rows that the page shows, and how many there are. */
  readonly query: RowQuery;
  readonly total: number | undefined;
  /** Whether all of the manifest was scanned. */
  readonly isComplete: boolean;
  /** Arranges the rows while the pane stays. */
  readonly onArrange: (change: Partial<Arranged>) => void;
  readonly onShowRows: () => void;
  readonly onEstimated: (estimated: Estimated) => void;
  /** The labels in doubt of `attribute`; `place` is the one to open of them. */
  readonly onShowDisputed: (attribute: string, place?: number) => void;
  /** Whether an object is shown in the pane's place; the pane stays as it is until then. */
  readonly isCovered: boolean;
  readonly onOpenCompared: (list: ComparedList, place: number) => void;
}

/** Whether a pane takes the place of the rows. */
export function isInstead(pane: Pane): boolean {
  return pane !== 'rows' && pane !== 'overview';
}

/** The pane that takes the place of the rows; nothing where the rows are shown. */
export function paneInstead(pane: Pane, options: PaneOptions): TemplateResult | typeof nothing {
  switch (pane) {
    case 'rows':
    case 'overview':
      return nothing;
    case 'problems':
      return html`<gt-problem-list
        .client=${options.client}
        .version=${options.version}
        .total=${options.summary.problems}
      ></gt-problem-list>`;
    case 'workers':
      return workersPane(options);
    case 'compare':
      return comparePane(options);
    case 'charts':
      return chartsPane(options);
  }
}

function workersPane({ client, thumbnails, version, onEstimated, onShowDisputed }: PaneOptions) {
  return html`<gt-workers-pane
    .client=${client}
    .thumbnails=${thumbnails}
    .version=${version}
    @estimated=${({ detail }: CustomEvent<Estimated>) => onEstimated(detail)}
    @show-disputed=${({ detail }: CustomEvent<{ attribute: string }>) => onShowDisputed(detail.attribute)}
    @open-disputed=${({ detail }: CustomEvent<{ attribute: string; place: number }>) =>
      onShowDisputed(detail.attribute, detail.place)}
  ></gt-workers-pane>`;
}

function comparePane({ client, thumbnails, version, isCovered, onArrange, onOpenCompared }: PaneOptions) {
  return html`${lateProblem(loadComparison, () => onArrange({}))}<gt-compare-pane
      ?hidden=${isCovered}
      .client=${client}
      .thumbnails=${thumbnails}
      .version=${version}
      @open-compared=${({ detail }: CustomEvent<{ list: ComparedList; place: number }>) =>
        onOpenCompared(detail.list, detail.place)}
    ></gt-compare-pane>`;
}

function chartsPane({ client, summary, query, total, version, isComplete, onArrange, onShowRows }: PaneOptions) {
  return html`${lateProblem(loadCharts, () => onArrange({}))}<gt-charts-pane
      .client=${client}
      .summary=${summary}
      .query=${query}
      .total=${total}
      .version=${version}
      .isComplete=${isComplete}
      @arrange=${({ detail }: CustomEvent<Partial<Arranged>>) => onArrange(detail)}
      @show-rows=${onShowRows}
    ></gt-charts-pane>`;
}

/** What there is to say where a pane's script cannot be loaded; a later try may. */
function lateProblem(load: () => Promise<void>, retry: () => void) {
  const problem = load().then(
    () => nothing,
    (error: unknown) => failure(messageOf(error), retry),
  );
  return until(problem, nothing);
}
