import { ClassIds } from './classIds.js';
import { type ExportPart, inLargerPieces, type SkippedLine, type SkipReason } from './exportPart.js';
import { exportEach, type ExportInput, type LabeledObject, type PartOptions, type PartsOf } from './labeledObjects.js';
import { boundsOf } from './marks.js';
import type { ImageSize, ObjectLabel } from './objectLabel.js';
import { labeledSize, markedPicture, PictureNames } from './pictures.js';

/**
 * What `load_dataset("imagefolder", data_dir=…)` reads: the pictures, and `metadata.jsonl` with a line for each:
 *
 * - `label`, the name of the class, or `labels`, a list of names;
 * - `objects`, lists with an entry for each mark: `bbox` as left, top, width, height, `categories` as numbers and
 *   `names`. A polygon is its bounding box here;
 * - `mask_file_name`, which the loader makes a second picture of, and `mask_colors`: what the colours in it mean.
 *
 * The number of a class is its place in `classes.json`. Each part of a split has a folder with a `metadata.jsonl` of its
 * own.
 */
export async function* exportHuggingFace(
  input: ExportInput,
  { partOf }: PartOptions,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  const classes = new ClassIds(input.classes);
  const pictures = new PictureNames();
  const masks = new PictureNames();
  const partsOf: PartsOf = (object, part) => {
    const { source, label } = object;
    if (source.kind === 'text') {
      return { kind: 'sourceIsText' };
    }
    const content = contentOf(object, classes);
    if ('kind' in content) {
      return content;
    }
    const below = part === undefined ? '' : `${part}/`;
    const place = pictures.place(
      `${below}images`,
      source.value,
      content.size && labeledSize(object.line, content.size),
    );
    if (!place) {
      return { kind: 'duplicateSource' };
    }
    const mask = label.form === 'mask' ? masks.share(`${below}masks`, label.uri) : undefined;
    const entry = {
      file_name: `images/${place.fileName}`,
      ...(mask && { mask_file_name: `masks/${mask.fileName}` }),
      ...content.members,
    };
    const text = `${JSON.stringify(entry)}\n`;
    return [
      place.copy,
      ...(mask?.isNew === true ? [mask.copy] : []),
      { kind: 'text', path: `${below}metadata.jsonl`, text },
      ...content.outside,
    ];
  };
  yield* inLargerPieces(exportEach({ ...input, partOf }, partsOf, signal));
  yield { kind: 'file', path: 'classes.json', text: `${JSON.stringify(classes.names, undefined, 2)}\n` };
}

interface Content {
  readonly members: object;
  readonly outside: readonly SkippedLine[];
  /** In which pixels the members count, where they do. */
  readonly size?: ImageSize;
}

function contentOf(object: LabeledObject, classes: ClassIds): Content | SkipReason {
  const { label } = object;
  switch (label.form) {
    case 'class':
    case 'classes':
      return { members: classMembers(label, classes), outside: [] };
    case 'marks': {
      const picture = markedPicture(object);
      if (picture.kind !== 'marked') {
        return picture;
      }
      const marks = picture.marks.map(({ mark }) => ({ name: mark.name, bounds: boundsOf(mark) }));
      const objects = {
        bbox: marks.map(({ bounds: { left, top, width, height } }) => [left, top, width, height]),
        categories: marks.map(({ name }) => classes.idOf(name)),
        names: marks.map(({ name }) => name),
      };
      return { members: { objects }, outside: picture.outside, size: picture.size };
    }
    case 'mask': {
      const colors = label.colors.map(({ name, hexColor }) => ({
        name,
        color: hexColor,
        category: classes.idOf(name),
      }));
      return { members: { mask_colors: colors }, outside: [] };
    }
    case 'spans':
    case 'other':
      return { kind: 'otherForm', form: label.form };
  }
}

function classMembers(label: Extract<ObjectLabel, { form: 'class' | 'classes' }>, classes: ClassIds): object {
  const names = label.classes.map(({ name }) => name);
  for (const name of names) {
    classes.idOf(name);
  }
  return label.form === 'class' ? { label: names[0] } : { labels: names };
}
