import { html, nothing } from 'lit';
import type { ImagePx, Size } from '../../src/core/manifest/pixels.js';
import type { Highlight, Layer } from './layers.js';
import { type MissingOptions, missingObject } from './missingObject.js';
import type { ShapeSwitches } from './shapeSwitches.js';
import type { ShownContent } from './shownObject.js';

interface ContentOptions {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly switches: ShapeSwitches;
  readonly highlight: Highlight | undefined;
  /** Whether it has not come for a while. */
  readonly isLate: boolean;
  readonly missing: MissingOptions;
  readonly onSized: (size: Size<ImagePx>) => void;
  readonly onDamaged: () => void;
  readonly onHighlight: (highlight: Highlight | undefined) => void;
}

/** An object's picture or text, and what is drawn on it. */
export function objectContent(content: ShownContent | undefined, options: ContentOptions) {
  const { name, layers, switches, highlight, isLate, missing, onSized, onDamaged, onHighlight } = options;
  switch (content?.kind) {
    case undefined:
      return isLate ? html`<p class="no-picture muted" role="status">Reading…</p>` : nothing;
    case 'picture':
      return html`<gt-picture-stage
        .url=${content.url}
        .name=${name}
        .layers=${layers}
        .switches=${switches}
        .highlight=${highlight}
        @sized=${({ detail }: CustomEvent<Size<ImagePx>>) => onSized(detail)}
        @damaged=${onDamaged}
        @highlight=${({ detail }: CustomEvent<Highlight | undefined>) => onHighlight(detail)}
      ></gt-picture-stage>`;
    case 'text':
      return html`<gt-spanned-text
        .text=${content.text}
        .layers=${layers}
        .switches=${switches}
        .highlight=${highlight}
        @highlight=${({ detail }: CustomEvent<Highlight | undefined>) => onHighlight(detail)}
      ></gt-spanned-text>`;
    case 'missing':
      return missingObject(content, missing);
  }
}
