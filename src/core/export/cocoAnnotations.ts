import type { SkippedLine, SkipReason } from './exportPart.js';
import type { LabeledObject } from './labeledObjects.js';
import { boundsOf, type Mark } from './marks.js';
import type { MaskColor } from './objectLabel.js';
import { areaOf, markedPicture } from './pictures.js';
import { type MaskPixels, regionOf } from './runLength.js';

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

export interface AnnotatedPicture {
  readonly kind: 'annotated';
  readonly size: PixelSize;
  readonly annotations: readonly Annotation[];
  readonly outside: readonly SkippedLine[];
}

interface Annotation {
  /** The category's name; all else is as it stands in the file. */
  readonly name: string;
  readonly bbox: readonly number[];
  readonly area: number;
  readonly iscrowd: 0 | 1;
  readonly segmentation: unknown;
}

export type MaskReader = (uri: string, signal: AbortSignal) => Promise<MaskPixels>;

/** The annotations of a picture with boxes, polygons or a mask. */
export async function annotatedPicture(
  object: LabeledObject,
  readMask: MaskReader | undefined,
  signal: AbortSignal,
): Promise<AnnotatedPicture | SkipReason> {
  const { source, label } = object;
  if (label.form === 'mask' && source.kind === 'object' && readMask) {
    return await maskedPicture(label.uri, label.colors, (uri) => readMask(uri, signal), signal);
  }
  const picture = markedPicture(object);
  if (picture.kind !== 'marked') {
    return picture;
  }
  const annotations = picture.marks.map(({ mark }) => markAnnotation(mark));
  return { kind: 'annotated', size: picture.size, annotations, outside: picture.outside };
}

/** The size of a picture with boxes or polygons, which the label tells. */
export function markedSize(object: LabeledObject): PixelSize | undefined {
  const picture = markedPicture(object);
  return picture.kind === 'marked' ? picture.size : undefined;
}

function markAnnotation(mark: Mark): Annotation {
  const { left, top, width, height } = boundsOf(mark);
  const segmentation = mark.shape === 'box' ? [] : [mark.points.flatMap(({ x, y }) => [x, y])];
  return { name: mark.name, bbox: [left, top, width, height], area: areaOf(mark), iscrowd: 0, segmentation };
}

async function maskedPicture(
  uri: string,
  colors: readonly MaskColor[],
  read: (uri: string) => Promise<MaskPixels>,
  signal: AbortSignal,
): Promise<AnnotatedPicture | SkipReason> {
  let pixels: MaskPixels;
  try {
    pixels = await read(uri);
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'maskUnreadable', uri, message: error instanceof Error ? error.message : String(error) };
  }
  const annotations = colors.flatMap(({ name, hexColor }) => {
    const region = regionOf(pixels, Number.parseInt(hexColor.replace('#', ''), 16));
    // A class that is in the colour map and not in the picture: nobody painted it here.
    return region ? [{ name, ...region, iscrowd: 1 as const }] : [];
  });
  return { kind: 'annotated', size: { width: pixels.width, height: pixels.height }, annotations, outside: [] };
}
