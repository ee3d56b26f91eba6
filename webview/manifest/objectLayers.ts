import type { JsonObject } from '../../src/core/json.js';
import { type Drawing, within } from '../../src/core/manifest/drawing.js';
import { lineDrawings } from '../../src/core/manifest/lineDrawings.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import type { ImagePx, Size } from '../../src/core/manifest/pixels.js';
import type { ShownAnswer } from '../../src/core/manifest/shownAnswers.js';
import type { ClassColors } from './classColors.js';
import { hexColor } from './format.js';
import type { Layer } from './layers.js';
import type { ObjectMasks } from './objectMasks.js';
import type { ShapeSwitches } from './shapeSwitches.js';

interface DrawnObject {
  readonly line: JsonObject;
  readonly answers: readonly ShownAnswer[];
  readonly masks: ObjectMasks;
  /** The picture's size, once it is known. */
  readonly picture: Size<ImagePx> | undefined;
}

interface Looks {
  readonly summaries: readonly AttributeSummary[];
  /** The attribute that the rows are about: what workers drew belongs to it. */
  readonly attribute: string | undefined;
  readonly colors: ClassColors;
  readonly switches: ShapeSwitches;
}

/** All that can be drawn over an object: what its labels say, and below that the workers who are switched on. */
export function objectLayers(object: DrawnObject, looks: Looks): readonly Layer[] {
  const labels = lineDrawings(object.line);
  const drawnAttribute = looks.attribute ?? labels.at(-1)?.attribute ?? '';
  // Of a worker who answered again, in a later iteration, the last answer counts.
  const answers = new Map(object.answers.map((answer) => [answer.workerId, answer])).values();
  const workers = [...answers].flatMap((answer) => {
    const switched = workerLayer(answer);
    const title = `worker ${workerName(answer)}`;
    const look = { ...switched, title, line: 'dotted', isMachine: false } as const;
    return answer.drawing && looks.switches.isOn(switched)
      ? [layerOf(look, { attribute: drawnAttribute, drawing: answer.drawing }, object, looks)]
      : [];
  });
  return [
    ...workers,
    ...labels.map(({ attribute, isMachine, drawing }, index) => {
      // What a chained or adjusting job wrote last is what counts.
      const line = index === labels.length - 1 ? 'solid' : 'dashed';
      const look = { key: `label ${attribute}`, kind: 'label', title: attribute, line, isMachine } as const;
      return layerOf(look, { attribute, drawing }, object, looks);
    }),
  ];
}

export function workerLayer({ workerId }: ShownAnswer) {
  return { key: `worker ${workerId}`, kind: 'worker' } as const;
}

/** Without what all workers of a region have in common. */
export function workerName({ workerId }: ShownAnswer): string {
  return workerId.replace(/^.*\./u, '');
}

function layerOf(
  look: Omit<Layer, 'drawing' | 'mask' | 'colorOf'>,
  { attribute, drawing }: { readonly attribute: string; readonly drawing: Drawing },
  object: DrawnObject,
  looks: Looks,
): Layer {
  const text = object.line['source'];
  const { mask } = drawing;
  const summary = looks.summaries.find(({ name }) => name === attribute);
  const maskColors = new Map(mask?.classes.map(({ className, color }) => [className, color]));
  return {
    ...look,
    drawing: within(drawing, { picture: object.picture, text: typeof text === 'string' ? text : undefined }),
    mask: mask && object.masks.of({ key: look.key, attribute }, mask),
    colorOf(className) {
      const color = maskColors.get(className);
      return color === undefined ? looks.colors.colorOf(summary, className) : hexColor(color);
    },
  };
}
