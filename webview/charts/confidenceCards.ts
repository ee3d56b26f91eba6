import { html, nothing } from 'lit';
import { confidenceBins } from '../../src/core/manifest/confidence.js';
import type { RowFilter } from '../../src/core/manifest/arrangement.js';
import { confidenceOfBins } from '../manifest/confidenceBins.js';
import { mixNote } from '../manifest/confidenceMix.js';
import { confidenceOrigin } from '../manifest/confidenceOrigin.js';
import { confidence, count, counted, percent, stateNames } from '../manifest/format.js';
import type { BinRange } from './binnedChart.js';
import { chartCard, type LegendEntry } from './chartCard.js';
import type { LabelCharts } from './labelCards.js';
import { annotatorsIn, type ShownClass, shownClasses, total, type Whose } from './spreads.js';

interface Chosen {
  /** `undefined`: whoever has labeled most. */
  readonly whose: Whose | undefined;
  readonly onWhose: (whose: Whose) => void;
}

/** Classes with a colour of their own; the others share one. */
const colours = 6;
const mostRows = 20;
/** Of the bins of a histogram, so many make a column of the table. */
const binsPerColumn = 2;

export function confidenceCards(charts: LabelCharts, { whose, onWhose }: Chosen) {
  const { summary, breakdown, filter, onFilter, onCopy } = charts;
  const annotators = annotatorsIn(breakdown);
  const shown =
    whose !== undefined && (whose === 'all' || annotators.includes(whose)) ? whose : (annotators[0] ?? 'all');
  const classes = shownClasses(breakdown, summary, shown);
  const computed = total(classes.flatMap(({ bins }) => bins));
  const notComputed = total(classes.map((entry) => entry.notComputed));
  const narrowed: Partial<RowFilter> =
    annotators.length > 1 && shown !== 'all' && filter.states.length === 0 ? { states: [shown] } : {};
  const notes = html`${
    annotators.length > 1
      ? html`<label class="whose"
          >Labels of
          <select @change=${(event: Event) => onWhose((event.target as HTMLSelectElement).value as Whose)}>
            ${annotators.map((who) => html`<option value=${who} ?selected=${who === shown}>${stateNames[who]}</option>`)}
            <option value="all" ?selected=${shown === 'all'}>All together (not comparable)</option>
          </select></label
        >`
      : nothing
  }${mixNote(summary, filter, onFilter)}`;
  const how = confidenceOrigin(summary);
  if (computed === 0) {
    const says =
      notComputed > 0
        ? `Not computed: each of ${counted(notComputed, 'label', 'labels')} is one worker's, and Ground Truth wrote 0. Ask several workers per object to learn how sure a label is.`
        : 'No label states a confidence.';
    return chartCard(
      { title: 'Confidence', says, figure: nothing, notes, how, table: { columns: [], rows: [] } },
      onCopy,
    );
  }
  const bars = charts.filter.confidence;
  const chosen: BinRange | undefined = bars && {
    first: Math.min(confidenceBins - 1, Math.floor(bars.from * confidenceBins + 1e-9)),
    last: Math.min(confidenceBins - 1, Math.ceil(bars.to * confidenceBins - 1e-6) - 1),
  };
  const says = confidenceSentence(classes, computed, notComputed);
  const choose = (range: BinRange, change: Partial<RowFilter> = {}) =>
    onFilter({ ...narrowed, ...change, confidence: confidenceOfBins(range.first, range.last) });
  return html`${chartCard(
    {
      title: 'Confidence',
      says,
      notes,
      how,
      legend: legendOf(classes),
      figure: html`<gt-binned-chart
        .bins=${Array.from({ length: confidenceBins }, (_, bin) => ({
          label: `${confidence(bin / confidenceBins)} to ${confidence((bin + 1) / confidenceBins)}: ${counted(total(classes.map(({ bins }) => bins[bin] ?? 0)), 'label', 'labels')}`,
          parts: classes.map(({ bins, fill }) => ({ value: bins[bin] ?? 0, fill })),
        }))}
        .ticks=${[0, 0.25, 0.5, 0.75, 1].map((at) => ({ at: at * confidenceBins, text: confidence(at) }))}
        .chosen=${chosen}
        .label=${`Confidence, stacked by class. ${says}`}
        @choose=${({ detail }: CustomEvent<BinRange>) => choose(detail)}
      ></gt-binned-chart>`,
      table: {
        columns: ['Confidence from', ...classes.map(({ label }) => label)],
        rows: Array.from({ length: confidenceBins }, (_, bin) => [
          confidence(bin / confidenceBins),
          ...classes.map(({ bins }) => bins[bin] ?? 0),
        ]),
      },
    },
    onCopy,
  )}${heatCard(charts, classes, choose)}`;
}

function heatCard(
  { onCopy, onFilter }: LabelCharts,
  classes: readonly ShownClass[],
  choose: (range: BinRange, change: Partial<RowFilter>) => void,
) {
  const used = columnsIn(classes);
  const hasRest = classes.some((entry) => withoutConfidence(entry) > 0);
  const columns = [...used.map(({ first }) => `${confidence(first / confidenceBins)}–`), ...(hasRest ? ['none'] : [])];
  const valuesOf = (entry: ShownClass) => [
    ...used.map(({ first, last }) => total(entry.bins.slice(first, last + 1))),
    ...(hasRest ? [withoutConfidence(entry)] : []),
  ];
  const least = classes.filter(({ bins }) => total(bins) > 0).toSorted((a, b) => meanOf(a) - meanOf(b))[0];
  const says = `${least ? `The least sure class is “${least.label}”, about ${confidence(meanOf(least))} in the mean. ` : ''}Each column begins at the confidence above it${hasRest ? '; “none” is not computed or not stated' : ''}.`;
  return chartCard(
    {
      title: 'Class by confidence',
      says,
      figure: html`<gt-heat-chart
          .columns=${columns}
          .rows=${classes.slice(0, mostRows).map((entry) => ({ label: entry.label, values: valuesOf(entry) }))}
          .label=${`Labels by class and confidence. ${says}`}
          @choose=${({ detail }: CustomEvent<{ row: number; column: number }>) => {
            const name = classes[detail.row]?.name ?? '';
            const range = used[detail.column];
            if (range) {
              choose(range, { classes: [name] });
            } else {
              onFilter({ classes: [name] });
            }
          }}
        ></gt-heat-chart>
        ${classes.length > mostRows ? html`<p class="muted">${counted(classes.length - mostRows, 'rarer class is', 'rarer classes are')} in the table.</p>` : nothing}`,
      table: {
        columns: ['Class', ...columns],
        rows: classes.map((entry) => [entry.label, ...valuesOf(entry)]),
      },
    },
    onCopy,
  );
}

/** Not computed, or not stated. */
function withoutConfidence({ labels, bins }: ShownClass): number {
  return labels - total(bins);
}

/** From the first one with a label to the last one. */
function columnsIn(classes: readonly ShownClass[]): readonly BinRange[] {
  const all = Array.from({ length: confidenceBins / binsPerColumn }, (_, column) => ({
    first: column * binsPerColumn,
    last: (column + 1) * binsPerColumn - 1,
  }));
  const isUsed = ({ first, last }: BinRange) => classes.some(({ bins }) => total(bins.slice(first, last + 1)) > 0);
  return all.slice(Math.max(0, all.findIndex(isUsed)), all.findLastIndex(isUsed) + 1);
}

/** By the middles of the bins: near enough to compare classes. */
function meanOf({ bins }: ShownClass): number {
  return total(bins.map((labels, bin) => labels * ((bin + 0.5) / confidenceBins))) / Math.max(1, total(bins));
}

function confidenceSentence(classes: readonly ShownClass[], computed: number, notComputed: number): string {
  const atLeast = (from: number) => total(classes.flatMap(({ bins }) => bins.slice(from * confidenceBins)));
  const high = atLeast(0.9);
  const low = computed - atLeast(0.6);
  return `Of ${counted(computed, 'label', 'labels')}, ${percent(high, computed)} have 0.90 or more and ${percent(low, computed)} less than 0.60.${notComputed > 0 ? ` ${counted(notComputed, 'label', 'labels')} more: not computed (one worker).` : ''} Drag to choose a range.`;
}

function legendOf(classes: readonly ShownClass[]): readonly LegendEntry[] {
  const rest = classes.filter(({ fill }) => fill === 'fill-rest').length;
  return [
    ...classes
      .filter(({ fill }) => fill !== 'fill-rest')
      .slice(0, colours)
      .map(({ label, fill }) => ({ text: label, fill })),
    ...(rest > 0 ? [{ text: `${count(rest)} more`, fill: 'fill-rest' }] : []),
  ];
}
