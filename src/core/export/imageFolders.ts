import type { ExportPart, SkipReason } from './exportPart.js';
import { ClaimedNames, safeName } from './fileNames.js';
import { exportEach, type ExportInput, type PartOptions, type PartsOf } from './labeledObjects.js';
import type { ObjectLabel } from './objectLabel.js';
import { PictureNames } from './pictures.js';

/**
 * A folder for each class with its objects in it, as torchvision's ImageFolder, Keras and many others read them: a plan
 * of copies, nothing else. Only an object of exactly one class has a place in it. The parts of a split have such folders
 * each.
 */
export async function* exportImageFolders(
  input: ExportInput,
  { partOf }: PartOptions,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  const folders = new ClaimedNames();
  const pictures = new PictureNames();
  const partsOf: PartsOf = ({ source, label }, part) => {
    const name = source.kind === 'text' ? { kind: 'sourceIsText' as const } : onlyClass(label);
    if (typeof name !== 'string') {
      return name;
    }
    // The same name in all parts, whichever of its objects come first.
    const folder = folders.claim('', safeName(name), name).name;
    const place = pictures.place(part === undefined ? folder : `${part}/${folder}`, source.value);
    return place ? [place.copy] : { kind: 'duplicateSource' };
  };
  yield* exportEach({ ...input, partOf }, partsOf, signal);
}

function onlyClass(label: ObjectLabel): string | SkipReason {
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
  return name;
}
