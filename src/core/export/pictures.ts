import { ClaimedNames, fileNameOf } from './fileNames.js';
import { type ExportPart, type LabeledSize, type SkippedLine, skipped, type SkipReason } from './exportPart.js';
import type { LabeledObject } from './labeledObjects.js';
import { type Box, boundsOf, type Mark, withinPicture } from './marks.js';
import type { ImageSize } from './objectLabel.js';

/** Where the pictures of an export go, each with a name that no other has, whatever its extension. */
export class PictureNames {
  readonly #names = new ClaimedNames();

  /** `undefined` where the folder has the object already. With `labeled`, its size is told where that is another one. */
  place(folder: string, reference: string, labeled?: LabeledSize): PicturePlace | undefined {
    const { isNew, ...place } = this.share(folder, reference, labeled);
    return isNew ? place : undefined;
  }

  /** The same for what several objects may have: the folder has it once, copied for the first of them. */
  share(folder: string, reference: string, labeled?: LabeledSize): PicturePlace & { readonly isNew: boolean } {
    const { stem, extension } = fileNameOf(reference);
    const { name, isNew } = this.#names.claim(folder, stem, reference);
    const fileName = `${name}${extension}`;
    const path = `${folder}/${fileName}`;
    const copy: ExportPart = { kind: 'copy', from: reference, path, ...(labeled && { labeled }) };
    return { stem: name, fileName, path, copy, isNew };
  }
}

interface PicturePlace {
  /** What belongs to the picture is named after it. */
  readonly stem: string;
  readonly fileName: string;
  readonly path: string;
  readonly copy: ExportPart;
}

/** A picture with boxes or polygons on it, for the formats that know nothing else. */
export interface MarkedPicture {
  readonly kind: 'marked';
  readonly reference: string;
  readonly size: ImageSize;
  readonly marks: readonly PlacedMark[];
  /** The marks that have no area within the picture. */
  readonly outside: readonly SkippedLine[];
}

interface PlacedMark {
  readonly mark: Mark;
  /** The part within the picture of the mark, or of the box that holds it. */
  readonly box: Box;
}

/** In which pixels the label of a line counts. */
export function labeledSize(line: number, { width, height }: Omit<LabeledSize, 'line'>): LabeledSize {
  return { line, width, height };
}

export function markedPicture({ line, source, label }: LabeledObject): MarkedPicture | SkipReason {
  if (source.kind === 'text') {
    return { kind: 'sourceIsText' };
  }
  if (label.form !== 'marks' || label.marks.some(({ shape }) => shape === 'polyline' || shape === 'keypoint')) {
    return { kind: 'otherForm', form: label.form };
  }
  if (!label.size) {
    return { kind: 'noImageSize' };
  }
  const marks: PlacedMark[] = [];
  const outside: SkippedLine[] = [];
  for (const [index, mark] of label.marks.entries()) {
    const box = withinPicture(boundsOf(mark), label.size);
    if (box && areaOf(mark) > 0) {
      marks.push({ mark, box });
    } else {
      outside.push(skipped(line, { kind: 'markOutside', mark: index }));
    }
  }
  return { kind: 'marked', reference: source.value, size: label.size, marks, outside };
}

/** The area of a polygon, by the shoelace formula, or of a box. */
export function areaOf(mark: Mark): number {
  if (mark.shape === 'box') {
    return mark.width * mark.height;
  }
  let twice = 0;
  for (const [index, { x, y }] of mark.points.entries()) {
    const next = mark.points[(index + 1) % mark.points.length] ?? { x, y };
    twice += x * next.y - next.x * y;
  }
  return Math.abs(twice) / 2;
}
