import { html, nothing } from 'lit';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { ThumbnailSize } from '../../src/core/manifest/thumbnailCache.js';
import type { Decision } from '../../src/core/review/review.js';
import { decisionMarks } from './decisionMarks.js';
import { estimateText } from './disputedObjects.js';
import { confidence, counted, fileName, notComputed, stateNames } from './format.js';
import { type DrawingLook, paintedDrawing } from './paintedDrawing.js';
import { classText } from './rowCells.js';
import type { Thumbnails } from './thumbnails.js';

interface CellOptions {
  /** Among all objects of the gallery, from 0. */
  readonly place: number;
  /** Among those beside it, from 0. */
  readonly column: number;
  readonly isActive: boolean;
  /** Whether there is room for a second line below the picture. */
  readonly hasTwoLines: boolean;
  readonly isEstimated: boolean;
  /** What a reviewer said of it. */
  readonly decision: Decision | undefined;
  readonly thumbnails: Thumbnails;
  readonly thumbnailSize: ThumbnailSize;
  readonly colorOf: (className: string) => string;
  /** Absent where nothing is drawn over pictures. */
  readonly drawingLook: DrawingLook | undefined;
  readonly onOpen: () => void;
}

/** An object of the gallery; an empty one while it is still being read. */
export function galleryCell(row: ManifestRow | undefined, options: CellOptions) {
  const { place, column, isActive, decision, onOpen } = options;
  return html`<div
    class="gallery-cell ${isActive ? 'active' : ''}"
    role="gridcell"
    id="cell-${place}"
    aria-colindex=${column + 1}
    aria-selected=${isActive}
    title=${row ? tooltip(row) : nothing}
    @click=${onOpen}
  >
    <div class="gallery-picture">
      ${picture(row, options)} ${row ? html`<span class="badges">${stateBadge(row)}</span>` : nothing}
      ${row && decision ? html`<span class="badges at-end">${decisionMarks(row, decision)}</span>` : nothing}
    </div>
    ${row ? caption(row, options) : nothing} ${row ? secondLine(row, options) : nothing}
  </div>`;
}

function picture(row: ManifestRow | undefined, { thumbnails, thumbnailSize, drawingLook }: CellOptions) {
  if (row?.source?.kind === 'text') {
    return html`<span class="gallery-text">${row.source.value}</span>`;
  }
  return html`<gt-thumbnail
    class="gallery-thumbnail"
    .thumbnails=${thumbnails}
    .of=${row?.source && { line: row.line, source: row.source.value }}
    .size=${thumbnailSize}
    .isWhole=${true}
    .drawn=${row?.drawing && drawingLook && paintedDrawing(row.drawing, drawingLook)}
  ></gt-thumbnail>`;
}

/** A human's label is the usual one: only others say what they are. */
function stateBadge({ label }: ManifestRow) {
  return label?.state === 'machine'
    ? html`<span class="badge codicon codicon-server-process" role="img" aria-label=${stateNames.machine}></span>`
    : nothing;
}

function caption(row: ManifestRow, { colorOf }: CellOptions) {
  const [first] = row.label?.state === 'failed' ? [] : (row.label?.classes ?? []);
  return html`<div class="gallery-caption">
    ${first ? html`<span class="dot" .style=${`background: ${colorOf(first.name)}`}></span>` : nothing}
    <span class="gallery-class">${classText(row)}</span>
    ${confidenceText(row)}
  </div>`;
}

function confidenceText({ label }: ManifestRow) {
  return label?.confidence === undefined || label.isNotComputed
    ? nothing
    : html`<span class="gallery-confidence number">${confidence(label.confidence)}</span>`;
}

/** Where there is no room for it, it is heard all the same. */
function secondLine(row: ManifestRow, { hasTwoLines, isEstimated }: CellOptions) {
  return html`<div class=${hasTwoLines ? 'gallery-caption muted' : 'visually-hidden'}>
    <span class="gallery-source"
      >${row.source?.kind === 'object' ? fileName(row.source.value) : `Line ${row.line + 1}`}</span
    >
    ${isEstimated ? estimateText(row) : nothing}
  </div>`;
}

/** All that a small cell has no room for. */
function tooltip({ line, source, label, drawing }: ManifestRow): string {
  const parts = [source?.kind === 'object' ? source.value : `Line ${line + 1}`];
  if (label) {
    parts.push(label.failureReason ?? label.classes.map(({ name }) => name).join(', '));
    if (label.confidence !== undefined) {
      parts.push(`Confidence ${confidence(label.confidence)}`);
    } else if (label.isNotComputed) {
      parts.push(notComputed);
    }
    if (label.state !== 'unstated') {
      parts.push(stateNames[label.state]);
    }
  }
  if (drawing && drawing.leftOut > 0) {
    parts.push(`Without ${counted(drawing.leftOut, 'shape', 'shapes')} too small to be seen here`);
  }
  return parts.filter((part) => part !== '').join('\n');
}
