import type { ExportPart } from './exportPart.js';
import { exportEach, type ExportInput, type LabeledObject, type ObjectParts } from './labeledObjects.js';
import { boundsOf } from './marks.js';
import { labeledSize, type MarkedPicture, markedPicture, PictureNames } from './pictures.js';
import { escapeXml } from './xmlText.js';

/**
 * `JPEGImages/` and `Annotations/` with a file for each picture. Pixels count from 1 and both corners belong to the box,
 * as in the data sets of the challenge: a box over the whole picture is from 1 to its width. Pascal VOC knows whole
 * pixels and boxes only, so a box is widened to the pixels it touches, a polygon becomes the box that holds it, and what
 * is outside of the picture is cut off.
 */
export async function* exportPascalVoc(input: ExportInput, signal: AbortSignal): AsyncGenerator<ExportPart> {
  const pictures = new PictureNames();
  const partsOf = (object: LabeledObject): ObjectParts => {
    const picture = markedPicture(object);
    if (picture.kind !== 'marked') {
      return picture;
    }
    const place = pictures.place('JPEGImages', picture.reference, labeledSize(object.line, picture.size));
    if (!place) {
      return { kind: 'duplicateSource' };
    }
    const text = annotation(picture, place.fileName);
    return [place.copy, { kind: 'file', path: `Annotations/${place.stem}.xml`, text }, ...picture.outside];
  };
  yield* exportEach(input, partsOf, signal);
}

function annotation({ reference, size, marks }: MarkedPicture, fileName: string): string {
  const objects = marks.flatMap(({ mark, box: { left, top, width, height } }) => {
    const whole = boundsOf(mark);
    const isCut = width < whole.width || height < whole.height;
    return [
      '  <object>',
      `    <name>${escapeXml(mark.name)}</name>`,
      '    <pose>Unspecified</pose>',
      `    <truncated>${isCut ? 1 : 0}</truncated>`,
      '    <difficult>0</difficult>',
      '    <bndbox>',
      `      <xmin>${Math.floor(left) + 1}</xmin>`,
      `      <ymin>${Math.floor(top) + 1}</ymin>`,
      `      <xmax>${Math.ceil(left + width)}</xmax>`,
      `      <ymax>${Math.ceil(top + height)}</ymax>`,
      '    </bndbox>',
      '  </object>',
    ];
  });
  return [
    '<annotation>',
    '  <folder>JPEGImages</folder>',
    `  <filename>${escapeXml(fileName)}</filename>`,
    '  <source>',
    '    <database>Amazon SageMaker Ground Truth</database>',
    `    <image>${escapeXml(reference)}</image>`,
    '  </source>',
    '  <size>',
    `    <width>${size.width}</width>`,
    `    <height>${size.height}</height>`,
    `    <depth>${size.depth}</depth>`,
    '  </size>',
    '  <segmented>0</segmented>',
    ...objects,
    '</annotation>',
    '',
  ].join('\n');
}
