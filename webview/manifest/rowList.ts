import { html, nothing, type TemplateResult } from 'lit';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import { PlaceList } from './placeList.js';
import { columnsOf, rowHeader } from './rowHeader.js';
import { rowTemplate } from './rowTemplate.js';

const grid = { perRow: 1, rowHeight: 40 };

/** All objects of a query as rows with columns. */
export class RowList extends PlaceList {
  static override properties = { ...PlaceList.properties, attribute: { attribute: false } };

  /** What the rows are about. */
  declare attribute: AttributeSummary | undefined;
  protected override readonly grid = grid;
  protected override readonly thumbnailSize = 160;

  override render() {
    const columns = columnsOf(this.isEstimated);
    return html`
      <div
        class="rows ${this.isEstimated ? 'with-estimate' : ''}"
        role="grid"
        aria-label="Objects"
        aria-rowcount=${this.total + 1}
        aria-colcount=${columns.length}
        tabindex="0"
        aria-activedescendant=${this.isDrawn(this.active) ? `row-${this.active}` : nothing}
        @keydown=${this.takeKey}
      >
        ${rowHeader(columns, { attribute: this.attribute, sort: this.query.sort, onSort: (sort) => this.tell('sort', sort) })}
        <div class="viewport" role="rowgroup" tabindex="-1" aria-label="Rows" @focus=${() => this.focus()}>
          ${this.#renderRows()}
        </div>
      </div>
      ${this.renderScrollbar()}
    `;
  }

  #renderRows(): TemplateResult[] {
    const { first, count, hiddenPixels } = this.visible;
    this.want(first, count);
    // A row keeps its element while it stays on screen or comes round again: nothing is made anew by scrolling.
    return Array.from({ length: count }, (_, index) => {
      const place = first + index;
      return rowTemplate(this.rowAt(place), {
        place,
        top: index * grid.rowHeight - hiddenPixels,
        isActive: place === this.active,
        isEstimated: this.isEstimated,
        decision: this.decisionAt(place),
        thumbnails: this.thumbnails,
        onOpen: () => this.open(place),
      });
    });
  }
}
