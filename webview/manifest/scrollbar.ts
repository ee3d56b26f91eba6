import { html, nothing } from 'lit';
import { offsetOfThumb, type ScrollArea, thumbOf } from './virtualScroll.js';

interface ScrollbarOptions {
  /** As it is when it is asked: it may change while the thumb is dragged. */
  readonly area: () => ScrollArea;
  readonly offset: () => number;
  readonly onScroll: (offset: number) => void;
}

/** The scrollbar of what scrolls by itself; nothing where all of it can be seen. */
export function scrollbar({ area, offset, onScroll }: ScrollbarOptions) {
  const thumb = thumbOf(area(), offset());
  if (!thumb) {
    return nothing;
  }
  const jump = (event: PointerEvent) => {
    const track = event.currentTarget as HTMLElement;
    const height = thumbOf(area(), offset())?.height ?? 0;
    onScroll(offsetOfThumb(area(), event.clientY - track.getBoundingClientRect().top - height / 2));
  };
  const drag = (event: PointerEvent) => {
    event.stopPropagation();
    event.preventDefault();
    const grip = event.currentTarget as HTMLElement;
    const grabbed = event.clientY - (thumbOf(area(), offset())?.top ?? 0);
    const move = (moved: PointerEvent) => onScroll(offsetOfThumb(area(), moved.clientY - grabbed));
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener('pointermove', move);
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true });
  };
  return html`<div class="scrollbar" aria-hidden="true" @pointerdown=${jump}>
    <div
      class="thumb"
      .style=${`height: ${thumb.height}px; transform: translateY(${thumb.top}px)`}
      @pointerdown=${drag}
    ></div>
  </div>`;
}
