import { html, nothing } from 'lit';
import type { LabelStateName, RowFilter } from '../../src/core/manifest/arrangement.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import { noFilter } from './filterBar.js';

interface OverviewOptions {
  readonly selected: AttributeSummary | undefined;
  /** Of the selected attribute. */
  readonly filter: RowFilter;
  readonly onArrange: (change: { readonly attribute: string; readonly filter: RowFilter }) => void;
}

/** A card for each label attribute; what is clicked in one filters by it. */
export function overview(
  { attributes, hasMoreAttributes, objects, brokenLines }: ScannedSummary,
  { selected, filter, onArrange }: OverviewOptions,
) {
  if (objects === 0 && brokenLines > 0) {
    return html`<p class="hint">No line could be read as an object.</p>`;
  }
  if (attributes.length === 0) {
    return html`<p class="hint">
      No labels yet. An input manifest only names the objects to label; in an output manifest, labels appear as soon as
      the job has made the first ones of its workers' answers.
    </p>`;
  }
  return html`${attributes.map((attribute) => {
    const current = attribute === selected ? filter : noFilter;
    const arrange = (change: Partial<RowFilter>) =>
      onArrange({ attribute: attribute.name, filter: { ...current, ...change } });
    return html`<gt-summary-card
      .summary=${attribute}
      .filter=${current}
      .isSelected=${attribute === selected}
      @select-attribute=${() => arrange({})}
      @toggle-class=${({ detail }: CustomEvent<string>) => arrange({ classes: toggled(current.classes, detail) })}
      @toggle-state=${({ detail }: CustomEvent<LabelStateName>) => arrange({ states: toggled(current.states, detail) })}
      @confidence-range=${({ detail }: CustomEvent<{ from: number; to: number }>) => arrange({ confidence: detail })}
    ></gt-summary-card>`;
  })}
  ${hasMoreAttributes ? html`<p class="hint">There are more label attributes than are shown here.</p>` : nothing}`;
}

function toggled<T>(chosen: readonly T[], value: T): readonly T[] {
  return chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
}
