import type { Shape } from './shapes.js';

/** What a value must keep to, in AWS's words, and whether it does. */
export interface Constraint {
  readonly text: string;
  readonly isKept: boolean;
}

/** A text, a number or a truth value: what is not made of other values. */
export type SimpleShape = Extract<Shape, { kind: 'string' | 'integer' | 'boolean' | 'timestamp' }>;

export const notNull = 'Member must not be null';

export function isSimple(shape: Shape): shape is SimpleShape {
  return shape.kind !== 'structure' && shape.kind !== 'list' && shape.kind !== 'map';
}

/** All of a shape's constraints; `value` is of its type. */
export function constraintsOf(shape: SimpleShape, value: string | number | boolean): readonly Constraint[] {
  switch (shape.kind) {
    case 'string':
      return textConstraints(shape, String(value));
    case 'integer':
      return rangeConstraints(shape, Number(value));
    case 'boolean':
    case 'timestamp':
      return [];
  }
}

/** Of a text, in characters; of a list or a map, in items. */
export function lengthConstraints(
  length: number,
  { min, max }: { readonly min?: number; readonly max?: number },
): readonly Constraint[] {
  return [
    ...(max === undefined ? [] : [{ text: lengthText('less', max), isKept: length <= max }]),
    ...(min === undefined ? [] : [{ text: lengthText('greater', min), isKept: length >= min }]),
  ];
}

function textConstraints(shape: Extract<Shape, { kind: 'string' }>, text: string): readonly Constraint[] {
  const { values, pattern, max = Infinity } = shape;
  const length = Array.from(text).length;
  // A text may be megabytes long, and some patterns take the square of its length: who is refused anyway need not wait.
  const isFarTooLong = length > 2 * max;
  return [
    ...(values === undefined
      ? []
      : [{ text: `Member must satisfy enum value set: [${values.join(', ')}]`, isKept: values.includes(text) }]),
    ...lengthConstraints(length, shape),
    ...(pattern === undefined
      ? []
      : [
          {
            text: `Member must satisfy regular expression pattern: ${pattern}`,
            isKept: isFarTooLong || wholeText(pattern).test(text),
          },
        ]),
  ];
}

function rangeConstraints({ min, max }: Extract<Shape, { kind: 'integer' }>, value: number): readonly Constraint[] {
  return [
    ...(max === undefined ? [] : [{ text: rangeText('less', max), isKept: value <= max }]),
    ...(min === undefined ? [] : [{ text: rangeText('greater', min), isKept: value >= min }]),
  ];
}

function lengthText(than: 'less' | 'greater', bound: number): string {
  return `Member must have length ${than} than or equal to ${bound}`;
}

function rangeText(than: 'less' | 'greater', bound: number): string {
  return `Member must have value ${than} than or equal to ${bound}`;
}

const expressions = new Map<string, RegExp>();

/** The service anchors its patterns at both ends. */
function wholeText(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) {
    return known;
  }
  // Only some of the patterns are such as JavaScript takes with the flag, and only these need it.
  const expression = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
  expressions.set(pattern, expression);
  return expression;
}
