import { html, nothing } from 'lit';
import type { LabelStateName, RowFilter } from '../../src/core/manifest/arrangement.js';
import type { Breakdown } from '../../src/core/manifest/breakdown.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import { count, counted, percent, stateNames } from '../manifest/format.js';
import type { BinRange } from './binnedChart.js';
import { chartCard, type OnCopy } from './chartCard.js';
import { type ShownClass, shownClasses, total } from './spreads.js';
import { stepName, stepText, timeTicks } from './timeText.js';

/** What the charts of one label attribute are made of, and what they tell. */
export interface LabelCharts {
  readonly summary: AttributeSummary;
  readonly breakdown: Breakdown;
  /** Of the rows, where this is the attribute that they are about. */
  readonly filter: RowFilter;
  readonly onFilter: (change: Partial<RowFilter>) => void;
  readonly onCopy: OnCopy;
}

/** So many classes have a bar; all are in the table. */
const mostBars = 20;

/** What stands behind the number of classes. */
function balanceOf(most: ShownClass, least: ShownClass, labels: number): string {
  if (most === least) {
    return `, “${most.label}”`;
  }
  return most.labels === least.labels
    ? ', as many of each'
    : `. “${most.label}” is the most frequent with ${percent(most.labels, labels)}, “${least.label}” the rarest with ${percent(least.labels, labels)}`;
}

export function classBalance({ summary, breakdown, filter, onFilter, onCopy }: LabelCharts) {
  const classes = shownClasses(breakdown, summary, 'all');
  const labels = total(classes.map((entry) => entry.labels));
  const [most] = classes;
  const least = classes.at(-1);
  const bars = classes.slice(0, mostBars).map((entry) => ({
    label: entry.label,
    value: entry.labels,
    fill: entry.fill,
    isOn: filter.classes.includes(entry.name),
  }));
  const says =
    most && least
      ? `${counted(labels, 'label', 'labels')} of ${counted(classes.length + breakdown.moreClasses, 'class', 'classes')}${balanceOf(most, least, labels)}.`
      : 'No label has a class.';
  return chartCard(
    {
      title: 'Class balance',
      says,
      figure: most
        ? html`<gt-bar-chart
              .bars=${bars}
              .total=${labels}
              .label=${`Labels per class. ${says}`}
              @choose=${({ detail }: CustomEvent<number>) => {
                const name = classes[detail]?.name ?? '';
                const { classes: chosen } = filter;
                onFilter({
                  classes: chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name],
                });
              }}
            ></gt-bar-chart>
            ${classes.length > mostBars ? html`<p class="muted">${counted(classes.length - mostBars, 'rarer class is', 'rarer classes are')} in the table.</p>` : nothing}`
        : nothing,
      table: {
        columns: ['Class', 'Labels', 'Share'],
        rows: classes.map((entry) => [entry.label, entry.labels, entry.labels / labels]),
      },
    },
    onCopy,
  );
}

const stateOrder: readonly LabelStateName[] = ['human', 'machine', 'unstated', 'failed', 'unlabeled'];

export function humanOrMachine({ breakdown, filter, onFilter, onCopy }: LabelCharts) {
  const { states, objects } = breakdown;
  const present = stateOrder.filter((state) => states[state] > 0);
  const labeled = states.human + states.machine + states.unstated;
  const says =
    labeled === 0
      ? 'Nothing is labeled.'
      : `Of ${counted(labeled, 'labeled object', 'labeled objects')}, humans labeled ${percent(states.human, labeled)} and machines ${percent(states.machine, labeled)}.${states.failed > 0 ? ` ${count(states.failed)} failed.` : ''}${states.unlabeled > 0 ? ` ${count(states.unlabeled)} have no label.` : ''}`;
  const bars = present.map((state) => ({
    label: stateNames[state],
    value: states[state],
    fill: `fill-${state}`,
    isHatched: state === 'machine',
    isOn: filter.states.includes(state),
  }));
  return chartCard(
    {
      title: 'Human or machine',
      says,
      figure: html`<gt-bar-chart
        .bars=${bars}
        .total=${objects}
        .label=${`Objects by who labeled them. ${says}`}
        @choose=${({ detail }: CustomEvent<number>) => {
          const state = present[detail];
          if (state) {
            const { states: chosen } = filter;
            onFilter({
              states: chosen.includes(state) ? chosen.filter((other) => other !== state) : [...chosen, state],
            });
          }
        }}
      ></gt-bar-chart>`,
      table: {
        columns: ['Labeled by', 'Objects', 'Share'],
        rows: present.map((state) => [stateNames[state], states[state], states[state] / Math.max(1, objects)]),
      },
    },
    onCopy,
  );
}

export function labelsOverTime({ breakdown, filter, onFilter, onCopy }: LabelCharts) {
  const { times, untimed } = breakdown;
  if (!times) {
    return nothing;
  }
  const { steps } = times;
  const sums = steps.map(({ human, machine, unstated }) => human + machine + unstated);
  const most = sums.indexOf(Math.max(...sums));
  const busiest = steps[most] ?? { from: 0, to: 0 };
  const says = `${counted(total(sums), 'label', 'labels')}, counted by ${stepName(times.step)} in UTC. Most were made in ${stepText(times, busiest)}: ${count(sums[most] ?? 0)}.${untimed > 0 ? ` ${counted(untimed, 'label does', 'labels do')} not say when.` : ''}`;
  const kinds = (['human', 'machine', 'unstated'] as const).filter((kind) => steps.some((step) => step[kind] > 0));
  const { createdAt } = filter;
  const chosen: BinRange | undefined = createdAt && {
    first: Math.max(
      0,
      steps.findIndex(({ to }) => to > createdAt.from),
    ),
    last: steps.findLastIndex(({ from }) => from < createdAt.to),
  };
  return chartCard(
    {
      title: 'Labels over time',
      says,
      legend: kinds.map((kind) => ({ text: stateNames[kind], fill: `fill-${kind}`, isHatched: kind === 'machine' })),
      figure: html`<gt-binned-chart
        .bins=${steps.map((step, place) => ({
          label: `${stepText(times, step)}: ${counted(sums[place] ?? 0, 'label', 'labels')}`,
          parts: kinds.map((kind) => ({ value: step[kind], fill: `fill-${kind}`, isHatched: kind === 'machine' })),
        }))}
        .ticks=${timeTicks(times)}
        .chosen=${chosen}
        .label=${`Labels over time. ${says}`}
        @choose=${({ detail }: CustomEvent<BinRange>) => {
          const from = steps[detail.first]?.from;
          const to = steps[detail.last]?.to;
          if (from !== undefined && to !== undefined) {
            onFilter({ createdAt: { from, to } });
          }
        }}
      ></gt-binned-chart>`,
      table: {
        columns: ['From (UTC)', ...kinds.map((kind) => stateNames[kind])],
        rows: steps.map((step) => [new Date(step.from).toISOString()].concat(kinds.map((kind) => String(step[kind])))),
      },
    },
    onCopy,
  );
}
