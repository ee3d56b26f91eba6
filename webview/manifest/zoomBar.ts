import { html } from 'lit';
import type { ZoomActions } from './pictureZoom.js';

/** The buttons of what keys, wheel and double click do too. */
export function zoomBar(scale: number, { larger, smaller, fit, fullSize }: ZoomActions) {
  return html`<div
    class="zoom-bar"
    role="toolbar"
    aria-label="Zoom"
    @dblclick=${(event: Event) => event.stopPropagation()}
  >
    <button class="icon-button" title="Zoom out (-)" @click=${smaller}>
      <span class="codicon codicon-zoom-out"></span><span class="visually-hidden">Zoom out</span>
    </button>
    <button class="icon-button percent" title="Show at 100 % (1, or double click)" @click=${fullSize}>
      <span role="status">${Math.round(scale * 100)} %</span>
    </button>
    <button class="icon-button" title="Zoom in (+)" @click=${larger}>
      <span class="codicon codicon-zoom-in"></span><span class="visually-hidden">Zoom in</span>
    </button>
    <button class="icon-button" title="Show all of it (0, or double click)" @click=${fit}>
      <span class="codicon codicon-screen-full"></span><span class="visually-hidden">Fit</span>
    </button>
  </div>`;
}
