import { ClassIds } from './classIds.js';
import { annotatedPicture, markedSize, type MaskReader, type PixelSize } from './cocoAnnotations.js';
import { type ExportPart, inLargerPieces, skipped } from './exportPart.js';
import { type ExportInput, labeledObjects } from './labeledObjects.js';
import { labeledSize, PictureNames } from './pictures.js';

export interface CocoOptions {
  readonly path: string;
  /** Reads the picture that a semantic segmentation's label points to; a thrown `Error` says what is wrong with it. */
  readonly readMask?: MaskReader;
}

/**
 * COCO's JSON for object detection and segmentation, and a plan of copies into `images/`. The ids of pictures are their
 * lines, from 1 on; those of categories and annotations count from 1, too.
 *
 * A polygon has its points as `segmentation`. A mask is one annotation for each colour, as run lengths with `iscrowd` 1:
 * semantic segmentation does not tell neighbouring things of a class apart.
 *
 * `images` and `annotations` are two lists in one file, so the manifest is read once for each of them, and neither is
 * ever in memory. Annotations come first: reading a mask tells the size of its picture.
 */
export async function* exportCoco(
  input: ExportInput,
  options: CocoOptions,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  yield* inLargerPieces(cocoParts(input, options, signal));
}

async function* cocoParts(
  input: ExportInput,
  { path, readMask }: CocoOptions,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  const piece = (text: string): ExportPart => ({ kind: 'text', path, text });
  const categories = new ClassIds(input.classes);
  const masks = new Map<number, PixelSize>();
  const pictures = new PictureNames();
  let annotations = 0;

  yield piece('{"info":{"description":"Amazon SageMaker Ground Truth"},"licenses":[],\n"annotations":[');
  for await (const object of labeledObjects(input, { pass: 1, passes: 2 }, signal)) {
    if (object.kind !== 'labeled') {
      yield object;
      continue;
    }
    const picture = await annotatedPicture(object, readMask, signal);
    if (picture.kind !== 'annotated') {
      yield skipped(object.line, picture);
      continue;
    }
    if (!pictures.place('images', object.source.value)) {
      yield skipped(object.line, { kind: 'duplicateSource' });
      continue;
    }
    if (object.label.form === 'mask') {
      masks.set(object.line, picture.size);
    }
    yield* picture.outside;
    for (const { name, ...annotation } of picture.annotations) {
      const separator = annotations === 0 ? '\n' : ',\n';
      annotations += 1;
      const ids = { id: annotations, image_id: object.line + 1, category_id: categories.idOf(name) + 1 };
      yield piece(`${separator}${JSON.stringify({ ...ids, ...annotation })}`);
    }
  }

  yield piece('],\n"images":[');
  yield* images(input, { piece, masks }, signal);
  const list = categories.names.map((name, id) => ({ id: id + 1, name, supercategory: '' }));
  yield piece(`],\n"categories":${JSON.stringify(list)}}\n`);
}

async function* images(
  input: ExportInput,
  { piece, masks }: { readonly piece: (text: string) => ExportPart; readonly masks: ReadonlyMap<number, PixelSize> },
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  const pictures = new PictureNames();
  let separator = '\n';
  for await (const object of labeledObjects(input, { pass: 2, passes: 2 }, signal)) {
    if (object.kind === 'progress') {
      yield object;
    }
    if (object.kind !== 'labeled') {
      continue; // It was told in the first pass.
    }
    const size = object.label.form === 'mask' ? masks.get(object.line) : markedSize(object);
    if (!size) {
      continue; // This, too.
    }
    const place = pictures.place('images', object.source.value, labeledSize(object.line, size));
    if (!place) {
      continue; // And this.
    }
    yield place.copy;
    const { width, height } = size;
    yield piece(`${separator}${JSON.stringify({ id: object.line + 1, file_name: place.fileName, width, height })}`);
    separator = ',\n';
  }
}
