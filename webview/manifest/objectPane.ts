import { html, nothing } from 'lit';
import { type AttributeSummary, otherClasses } from '../../src/core/manifest/manifestSummary.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { attributeOf, type ObjectList } from './objectList.js';
import { ReviewBar } from './reviewBar.js';
import type { ReviewDecisions } from './reviewDecisions.js';
import type { ShapeLooks } from './shapeLooks.js';

interface ObjectPaneOptions {
  readonly client: Client<ManifestEditor>;
  readonly list: ObjectList;
  /** Among the objects of the list. */
  readonly place: number;
  readonly total: number;
  readonly version: string;
  readonly summaries: readonly AttributeSummary[];
  readonly looks: ShapeLooks;
  /** Where labels are being reviewed. */
  readonly review: { readonly classes: readonly string[]; readonly decisions: ReviewDecisions } | undefined;
  readonly revision: number;
  readonly onGo: (place: number) => void;
  readonly onClose: () => void;
  readonly onStep: (step: 'undo' | 'redo') => void;
}

/** One object large; while reviewing, with what can be decided of it above. */
export function objectPane(options: ObjectPaneOptions) {
  const { client, list, place, total, version, summaries, looks, review, revision, onGo, onClose, onStep } = options;
  return html`<div class="object-pane" @keydown=${review ? reviewKeys : nothing} @click=${review ? clicks : nothing}>
    ${
      review
        ? html`<gt-review-bar
            .client=${client}
            .list=${list}
            .place=${place}
            .total=${total}
            .version=${version}
            .attribute=${summaries.length > 1 ? attributeOf(list) : undefined}
            .classes=${review.classes}
            .decisions=${review.decisions}
            .revision=${revision}
            @go=${({ detail }: CustomEvent<number>) => onGo(detail)}
            @close=${onClose}
            @undo=${() => onStep('undo')}
            @redo=${() => onStep('redo')}
            @done-commenting=${({ currentTarget }: Event) => focusObject(currentTarget)}
          ></gt-review-bar>`
        : nothing
    }
    <gt-line-detail
      .client=${client}
      .list=${list}
      .place=${place}
      .total=${total}
      .version=${version}
      .summaries=${summaries}
      .looks=${looks}
      @go=${({ detail }: CustomEvent<number>) => onGo(detail)}
      @close=${onClose}
    ></gt-line-detail>
  </div>`;
}

/** Before the object's own keys, of which some are the same. */
const reviewKeys = {
  capture: true,
  handleEvent(event: KeyboardEvent): void {
    const bar = (event.currentTarget as HTMLElement).querySelector('gt-review-bar');
    if (bar instanceof ReviewBar && bar.takeKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  },
};

/** Keys decide again after a click on a button; whoever pressed it by a key stays on it. The click itself comes after. */
const clicks = {
  capture: true,
  handleEvent({ target, detail: presses, currentTarget }: MouseEvent): void {
    if (presses > 0 && target instanceof Element && target.closest('button')) {
      focusObject(currentTarget);
    }
  },
};

/** The object that is open in the page has the focus, so that its keys decide. */
export function focusObject(within: EventTarget | null): void {
  const pane = within instanceof Element ? (within.closest('.object-pane') ?? within) : undefined;
  pane?.querySelector<HTMLElement>('.detail')?.focus({ preventScroll: true });
}

/** Of labels that are single classes: sorted, so that a class has the same key however often it occurs. */
export function classesToChoose(attribute: AttributeSummary | undefined): readonly string[] {
  const isSingle = attribute?.types.every((type) => /(?:classification|verification)$/iu.test(type)) ?? false;
  const names = attribute?.classes.map(({ name }) => name).filter((name) => name !== otherClasses) ?? [];
  return isSingle ? names.toSorted() : [];
}
