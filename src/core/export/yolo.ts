import { ClassIds } from './classIds.js';
import type { ExportPart } from './exportPart.js';
import { exportEach, type ExportInput, type PartOptions, type PartsOf } from './labeledObjects.js';
import type { Mark, Point } from './marks.js';
import { labeledSize, type MarkedPicture, markedPicture, PictureNames } from './pictures.js';

/**
 * `images/`, beside it `labels/` with a text file for each picture, and `data.yaml`; the parts of a split are folders in
 * both. A box is a line `class cx cy w h`,
 * all but the class between 0 and 1 of the picture's size; what is outside of the picture is cut off, since trainers
 * refuse a picture with such a box. Where a picture has a polygon, all of its marks are written as polygons,
 * `class x1 y1 x2 y2 …`: the two do not mix within a file.
 */
export async function* exportYolo(
  input: ExportInput,
  { partOf }: PartOptions,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  const classes = new ClassIds(input.classes);
  const pictures = new PictureNames();
  const parts = new Set<string>();
  const partsOf: PartsOf = (object, part) => {
    const picture = markedPicture(object);
    if (picture.kind !== 'marked') {
      return picture;
    }
    if (part !== undefined) {
      parts.add(part);
    }
    const folder = part === undefined ? '' : `/${part}`;
    const place = pictures.place(`images${folder}`, picture.reference, labeledSize(object.line, picture.size));
    if (!place) {
      return { kind: 'duplicateSource' };
    }
    const text = labelText(picture, classes);
    return [place.copy, { kind: 'file', path: `labels${folder}/${place.stem}.txt`, text }, ...picture.outside];
  };
  yield* exportEach({ ...input, partOf }, partsOf, signal);
  yield { kind: 'file', path: 'data.yaml', text: dataYaml(classes.names, parts) };
}

function labelText({ marks, size }: MarkedPicture, classes: ClassIds): string {
  const arePolygons = marks.some(({ mark }) => mark.shape === 'polygon');
  const lines = marks.map(({ mark, box }) => {
    const numbers = arePolygons
      ? corners(mark).flatMap(({ x, y }) => [share(x, size.width), share(y, size.height)])
      : [
          share(box.left + box.width / 2, size.width),
          share(box.top + box.height / 2, size.height),
          share(box.width, size.width),
          share(box.height, size.height),
        ];
    return `${[classes.idOf(mark.name), ...numbers].join(' ')}\n`;
  });
  return lines.join('');
}

function corners(mark: Mark): readonly Point[] {
  if (mark.shape !== 'box') {
    return mark.points;
  }
  const { left, top, width, height } = mark;
  const [right, bottom] = [left + width, top + height];
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** Six digits tell the pixels of the largest pictures apart; without zeros at the end. */
function share(pixels: number, whole: number): string {
  return String(Number(Math.min(Math.max(pixels / whole, 0), 1).toFixed(6)));
}

/** Trainers want both `train` and `val`: without a split, both are all pictures. JSON's strings are YAML's, too. */
function dataYaml(names: readonly string[], parts: ReadonlySet<string>): string {
  const find = (...wanted: readonly string[]): string | undefined => wanted.find((name) => parts.has(name));
  const train = find('train');
  const validation = find('validation', 'val') ?? train;
  const test = find('test');
  return [
    `train: ${pictureFolder(train)}`,
    `val: ${pictureFolder(validation)}`,
    ...(test === undefined ? [] : [`test: ${pictureFolder(test)}`]),
    `nc: ${names.length}`,
    names.length === 0 ? 'names: {}' : 'names:',
    ...names.map((name, id) => `  ${id}: ${JSON.stringify(name)}`),
    '',
  ].join('\n');
}

function pictureFolder(part: string | undefined): string {
  return JSON.stringify(part === undefined ? 'images' : `images/${part}`);
}
