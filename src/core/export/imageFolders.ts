import type { ExportPart } from './exportPart.js';
import { ClaimedNames, safeName } from './fileNames.js';
import { exportEach, type ExportInput, type LabeledObject, type ObjectParts } from './labeledObjects.js';
import { PictureNames } from './pictures.js';

/**
 * A folder for each class with its objects in it, as torchvision's ImageFolder, Keras and many others read them: a plan
 * of copies, nothing else. Only an object of exactly one class has a place in it.
 */
export async function* exportImageFolders(input: ExportInput, signal: AbortSignal): AsyncGenerator<ExportPart> {
  const folders = new ClaimedNames();
  const pictures = new PictureNames();
  yield* exportEach(input, (object) => copyOf(object, folders, pictures), signal);
}

function copyOf({ source, label }: LabeledObject, folders: ClaimedNames, pictures: PictureNames): ObjectParts {
  if (source.kind === 'text') {
    return { kind: 'sourceIsText' };
  }
  if (label.form !== 'class' && label.form !== 'classes') {
    return { kind: 'otherForm', form: label.form };
  }
  const names = label.classes.map(({ name }) => name);
  const [name, ...others] = names;
  if (name === undefined) {
    return { kind: 'noClass' };
  }
  if (others.length > 0) {
    return { kind: 'severalClasses', classes: names };
  }
  const folder = folders.claim('', safeName(name), name);
  const place = pictures.place(folder.name, source.value);
  return place ? [place.copy] : { kind: 'duplicateSource' };
}
