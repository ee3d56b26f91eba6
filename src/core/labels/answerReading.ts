import { isList, isObject, type JsonObject, type JsonValue } from '../json.js';

/** Why an answer cannot be used; the message is for whoever made the template, or the script that answers. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** What an answer is checked against. */
export interface AnswerContext {
  /** The job's labels, in the order of its label category file. */
  readonly labels: readonly string[];
  /** The object itself, where it is a text. */
  readonly text: string;
}

/** What the crowd element of that name answered. Throws a `MalformedAnswer` where there is none. */
export function elementAnswer(answer: JsonObject, elementName: string): JsonObject {
  const element = answer[elementName];
  if (!isObject(element)) {
    throw new MalformedAnswer(
      `The answer must have an object "${elementName}": the template must have the element of that name.`,
    );
  }
  return element;
}

/**
 * Ground Truth documents no bound for one answer. This one keeps the worst case short: nine workers, each with as many
 * boxes that all lie on each other, take 7 s and 700 MB to be consolidated; five workers take 1.2 s. Pictures in which
 * there is more to mark are cut into tiles.
 */
const mostMarks = 300;

/** What a worker marked in an object: a list of objects in the answer of an element. */
export function markList(element: JsonObject, name: string): readonly JsonObject[] {
  const list = element[name];
  if (!isList(list) || !list.every(isObject)) {
    throw new MalformedAnswer(`The answer must have a list of objects "${name}".`);
  }
  if (list.length > mostMarks) {
    throw new MalformedAnswer(`The list "${name}" of the answer has ${list.length} objects: it may have ${mostMarks}.`);
  }
  return list;
}

/** The place of a label in the list of the job's labels; `where` names what has the label. */
export function labelPlace(label: JsonValue | undefined, { labels }: AnswerContext, where: string): number {
  const place = typeof label === 'string' ? labels.indexOf(label) : -1;
  if (place === -1) {
    throw new MalformedAnswer(
      typeof label === 'string'
        ? `${where} has the label "${label}", which is none of the job's labels.`
        : `${where} must have one of the job's labels as its "label".`,
    );
  }
  return place;
}

export function numberOf(object: JsonObject, name: string, where: string): number {
  const value = object[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new MalformedAnswer(`${where} must have a number "${name}".`);
  }
  return value;
}

/** A picture's size in pixels, as the elements that draw on pictures say it. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export function pictureSize(element: JsonObject): PictureSize {
  const properties = element['inputImageProperties'];
  const where = 'The "inputImageProperties" of the answer';
  const size = isObject(properties)
    ? { width: numberOf(properties, 'width', where), height: numberOf(properties, 'height', where) }
    : { width: 0, height: 0 };
  if (![size.width, size.height].every((length) => Number.isInteger(length) && length > 0)) {
    throw new MalformedAnswer(`${where} must have the picture's width and height in pixels.`);
  }
  return size;
}

/** Whether the worker changed what the page showed at first; `undefined` where the answer does not say. */
export function isInitialValueModified(element: JsonObject): boolean | undefined {
  const isModified = element['initialValueModified'];
  return typeof isModified === 'boolean' ? isModified : undefined;
}
