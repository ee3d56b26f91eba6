import { svg } from 'lit';

// Drawn for this project, on a grid of 16.
const shapes = {
  close: svg`<path d="M4 4l8 8M12 4l-8 8" />`,
  instructions: svg`<path d="M3 3h10v10H3zM5.5 6h5M5.5 8.5h5M5.5 11h3" />`,
  keyboard: svg`<path d="M1.5 4.5h13v7h-13zM4 7h.01M6.5 7h.01M9 7h.01M11.5 7h.01M5 9.5h6" />`,
  zoomIn: svg`<circle cx="7" cy="7" r="4.5" /><path d="M10.5 10.5L14 14M5 7h4M7 5v4" />`,
  zoomOut: svg`<circle cx="7" cy="7" r="4.5" /><path d="M10.5 10.5L14 14M5 7h4" />`,
  fit: svg`<path d="M2 5.5V2h3.5M10.5 2H14v3.5M14 10.5V14h-3.5M5.500 14H2v-3.5" />`,
  move: svg`<path d="M8 1.5v13M1.5 8h13M6 3.5l2-2 2 2M6 12.5l2 2 2-2M3.5 6l-2 2 2 2M12.5 6l2 2-2 2" />`,
} as const;

export function icon(name: keyof typeof shapes) {
  return svg`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.3"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes[name]}</svg>`;
}
