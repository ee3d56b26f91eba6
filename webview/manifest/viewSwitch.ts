import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { RowSort } from '../../src/core/manifest/arrangement.js';
import type { RowLook } from '../../src/protocol/manifestEditor.js';
import { largestPicture, smallestPicture, usualPicture } from './galleryGrid.js';
import { columnsOf } from './rowHeader.js';

/** Until somebody chooses. */
export const usualLook: RowLook = { view: 'list', pictureSize: usualPicture };

const views = [
  { view: 'list', title: 'List', icon: 'list-unordered' },
  { view: 'gallery', title: 'Gallery', icon: 'layout' },
] as const;

export function viewSwitch(look: RowLook, onLook: (look: RowLook) => void) {
  return html`<span class="segments" role="group" aria-label="View">
    ${views.map(
      ({ view, title, icon }) =>
        html`<button
          class="segment ${look.view === view ? 'on' : ''}"
          aria-pressed=${look.view === view}
          title=${title}
          @click=${() => onLook({ ...look, view })}
        >
          <span class="codicon codicon-${icon}" aria-hidden="true"></span><span class="segment-title">${title}</span>
        </button>`,
    )}
  </span>`;
}

interface GalleryBarOptions {
  readonly look: RowLook;
  /** Whether there is anything to be drawn over pictures, as far as they were read. */
  readonly hasDrawings: boolean;
  readonly sort: RowSort;
  readonly isEstimated: boolean;
  readonly onLook: (look: RowLook) => void;
  readonly onSort: (sort: RowSort) => void;
}

/** How large a gallery's pictures are, and what the list's header does there: the order. */
export function galleryBar(options: GalleryBarOptions) {
  return html`<div class="gallery-bar">${orderOf(options)} ${shapesSwitch(options)} ${sizeSlider(options)}</div>`;
}

export function showsShapesIn({ showsShapes = true }: RowLook): boolean {
  return showsShapes;
}

/** Of what is switched off nothing is read: there may be something. */
function shapesSwitch({ look, hasDrawings, onLook }: GalleryBarOptions) {
  const isOn = showsShapesIn(look);
  return isOn && !hasDrawings
    ? nothing
    : html`<button
        class="chip ${isOn ? 'on' : ''}"
        aria-pressed=${isOn}
        title="Boxes, polygons, lines, points and masks over the pictures (B)"
        @click=${() => onLook({ ...look, showsShapes: !isOn })}
      >
        <span class="codicon codicon-${isOn ? 'eye' : 'eye-closed'}" aria-hidden="true"></span>Shapes
      </button>`;
}

function sizeSlider({ look, onLook }: GalleryBarOptions) {
  return html`<label class="size-slider" title="How large the pictures are: also by + and −">
    <span class="codicon codicon-zoom-out" aria-hidden="true"></span>
    <input
      type="range"
      min=${smallestPicture}
      max=${largestPicture}
      step="8"
      aria-label="Size of the pictures"
      aria-valuetext=${`${look.pictureSize} pixels`}
      .value=${live(String(look.pictureSize))}
      @input=${(event: Event) => onLook({ ...look, pictureSize: Number((event.target as HTMLInputElement).value) })}
    />
    <span class="codicon codicon-zoom-in" aria-hidden="true"></span>
  </label>`;
}

function orderOf({ sort, isEstimated, onSort }: GalleryBarOptions) {
  const turned = sort.isDescending ? 'Descending' : 'Ascending';
  return html`<span class="order">
    <span class="muted" aria-hidden="true">Sort by</span>
    <select
      aria-label="Sort by"
      @change=${(event: Event) => {
        const by = columnsOf(isEstimated).find((column) => column.by === (event.target as HTMLSelectElement).value)?.by;
        onSort({ by: by ?? 'line', isDescending: false });
      }}
    >
      ${columnsOf(isEstimated).map(
        ({ by, title }) => html`<option value=${by} ?selected=${by === sort.by}>${title}</option>`,
      )}
    </select>
    <button
      class="icon-button"
      aria-label="${turned}: turn the order round"
      title="${turned}: turn the order round"
      @click=${() => onSort({ ...sort, isDescending: !sort.isDescending })}
    >
      <span class="codicon codicon-${sort.isDescending ? 'arrow-down' : 'arrow-up'}"></span>
    </button>
  </span>`;
}
