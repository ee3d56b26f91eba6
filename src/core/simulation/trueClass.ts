import { seededRandom } from './seededRandom.js';

/**
 * The class of an object that nobody looks at, by its place in `labels`: the folder that it lies in may be called like a
 * label, as in many data sets, and the sample images are known. What is neither is made up, the same for every worker,
 * so that they agree as far as they are accurate. `source` is the object's address, or its text.
 */
export function trueClassOf(source: string, labels: readonly string[], seed: number): number {
  const lowerCase = labels.map((label) => label.toLowerCase());
  const names = [...source.split('/').slice(0, -1).toReversed(), sampleClass(source) ?? ''];
  const place = names.map((name) => lowerCase.indexOf(name.toLowerCase())).find((found) => found !== -1);
  return place ?? Math.floor(seededRandom(seed, 'truth', source)() * labels.length);
}

/** Of a picture out of `media/samples`, by its folder and name. */
function sampleClass(source: string): string | undefined {
  const number = /(?:^|\/)traindata_cat_dog_images_20\/(\d+)\.jpg$/u.exec(source)?.[1];
  return number === undefined ? undefined : Number(number) < firstDog ? 'cat' : 'dog';
}

const firstDog = 155;
