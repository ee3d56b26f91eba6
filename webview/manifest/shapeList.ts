import { html, nothing, type TemplateResult } from 'lit';
import { isComputed } from '../../src/core/manifest/confidence.js';
import type { ImagePx, Size } from '../../src/core/manifest/pixels.js';
import { problemSentences } from './drawingProblems.js';
import { confidence, count, counted, percent } from './format.js';
import { shownName, confidenceText, type Highlight, type Layer } from './layers.js';
import type { ShapeSwitches } from './shapeSwitches.js';

interface Listing {
  readonly switches: ShapeSwitches;
  readonly picture: Size<ImagePx> | undefined;
  readonly highlight: Highlight | undefined;
  readonly onFlip: (layer: Layer, className?: string) => void;
  readonly onHighlight: (highlight: Highlight | undefined) => void;
}

/** What is drawn over the object, layer by layer and class by class, each with its switch. */
export function shapeList(layers: readonly Layer[], listing: Listing): TemplateResult | typeof nothing {
  return layers.length === 0
    ? nothing
    : html`<section class="shape-list" aria-label="Shapes">
        <h3>Shapes</h3>
        ${layers.toReversed().map((layer) => layerEntry(layer, listing))}
      </section>`;
}

function layerEntry(layer: Layer, listing: Listing): TemplateResult {
  const { switches, picture, onFlip } = listing;
  const isOn = switches.isOn(layer);
  const { shapes, spans, problems } = layer.drawing;
  const size = layer.drawing.size ?? (layer.mask?.kind === 'pixels' ? layer.mask.pixels : undefined);
  const isOtherSize = size && picture && (size.width !== picture.width || size.height !== picture.height);
  return html`<div class="layer" role="group" aria-label=${layer.title}>
    <button class="layer-switch" aria-pressed=${isOn} title="Draw these, or none of them" @click=${() => onFlip(layer)}>
      ${eye(isOn)}${shapes.length + spans.length > 0 ? lineSample(layer) : nothing}<span class="layer-title"
        >${layer.title}</span
      >
    </button>
    ${classesOf(layer).map((entry) => classEntry(layer, entry, listing))} ${maskNote(layer)}
    ${
      isOtherSize
        ? html`<p class="hint">
            Drawn to scale: the label counts in ${count(size.width)} × ${count(size.height)} pixels, and the picture has
            ${count(picture.width)} × ${count(picture.height)}.
          </p>`
        : nothing
    }
    ${problemSentences(problems).map((sentence) => html`<p class="hint">${sentence}</p>`)}
  </div>`;
}

function lineSample({ line }: Layer): TemplateResult {
  return html`<svg class="line-sample line-${line}" viewBox="0 0 28 4" aria-hidden="true">
    <path d="M1 2h26"></path>
  </svg>`;
}

interface ListedClass {
  readonly name: string;
  readonly amount: string;
  readonly confidence: string | undefined;
}

function classEntry(layer: Layer, { name, amount, confidence: told }: ListedClass, listing: Listing): TemplateResult {
  const { switches, highlight, onFlip, onHighlight } = listing;
  const isOn = switches.isOn(layer, name);
  const isPointed = highlight?.layer === layer.key && highlight.className === name;
  const point = () => onHighlight({ from: 'list', layer: layer.key, className: name });
  return html`<button
    class="class-switch ${isPointed ? 'pointed' : ''}"
    aria-pressed=${isOn}
    title=${isOn ? 'Hide this class' : 'Draw this class'}
    @click=${() => onFlip(layer, name)}
    @pointerenter=${point}
    @focus=${point}
    @pointerleave=${() => onHighlight(undefined)}
    @blur=${() => onHighlight(undefined)}
  >
    ${eye(isOn)}<span class="class-chip" .style=${`--mark: ${layer.colorOf(name)}`}></span>
    <span class="class-name">${shownName(name)}</span>
    <span class="number muted">${told}</span>
    <span class="number">${amount}</span>
  </button>`;
}

function eye(isOn: boolean): TemplateResult {
  return html`<span aria-hidden="true" class="codicon codicon-${isOn ? 'eye' : 'eye-closed'}"></span>`;
}

function classesOf({ drawing, mask, isMachine }: Layer): readonly ListedClass[] {
  const marks = new Map<string, (number | undefined)[]>();
  for (const { className: name, confidence: value } of [...drawing.shapes, ...drawing.spans]) {
    const values = marks.get(name) ?? [];
    values.push(value);
    marks.set(name, values);
  }
  const pixels = mask?.kind === 'pixels' ? mask.pixels : undefined;
  const shares = new Map<string, { pixels: number; confidence: number | undefined }>();
  drawing.mask?.classes.forEach(({ className: name, confidence: value }, place) => {
    const before = shares.get(name)?.pixels ?? 0; // Instances of one class have colours of their own.
    shares.set(name, { pixels: before + (pixels?.counts[place] ?? 0), confidence: value });
  });
  return [
    ...Array.from(marks, ([name, values]) => ({
      name,
      amount: count(values.length),
      confidence: confidenceRange(values, isMachine),
    })),
    ...Array.from(shares, ([name, share]) => ({
      name,
      amount: pixels ? percent(share.pixels, pixels.width * pixels.height) : '',
      confidence: confidenceText(share.confidence, isMachine),
    })),
  ];
}

function confidenceRange(values: readonly (number | undefined)[], isMachine: boolean): string | undefined {
  const known = values.filter((value) => value !== undefined);
  const computed = known.filter((value) => isComputed(value, isMachine));
  const told = (computed.length > 0 ? computed : known).toSorted((a, b) => a - b);
  const [lowest] = told;
  const highest = told.at(-1);
  return lowest === highest || lowest === undefined || highest === undefined
    ? confidenceText(lowest, isMachine)
    : `${confidence(lowest)} – ${confidence(highest)}`;
}

function maskNote({ mask }: Layer): TemplateResult | typeof nothing {
  switch (mask?.kind) {
    case undefined:
      return nothing;
    case 'reading':
      return html`<p class="muted">Reading the mask…</p>`;
    case 'missing':
      return html`<p class="hint">${mask.reason}</p>`;
    case 'pixels': {
      const { unknown } = mask.pixels;
      return unknown === 0
        ? nothing
        : html`<p class="hint">
            ${counted(unknown, 'pixel of the mask has', 'pixels of the mask have')} a colour that no class has, and
            ${unknown === 1 ? 'is' : 'are'} left out.
          </p>`;
    }
  }
}
