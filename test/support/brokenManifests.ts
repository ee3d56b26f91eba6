import * as fc from 'fast-check';
import { boxes, picture, single, spans, text } from './labeledLines.js';

const key = fc.integer({ min: 0, max: 6 }).map((number) => `${number} größe 😀.jpg`);
const object = key.map((name) => JSON.stringify(single(picture(name), 'cat')));

/** Lines of manifests, most of them with something wrong. */
const line = object.chain((whole) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(whole) },
    fc.constantFrom(
      `${whole},`,
      '',
      '  ',
      '{',
      '}',
      '[',
      ']',
      '{"a":',
      '1},',
      '"source":"x"',
      '{"a":1}',
      '"s3://b/k"',
      '{"source":"x","source":7,"$a":1}',
      JSON.stringify(JSON.parse(whole), undefined, 2),
      `[${whole}, ${whole.replace('jpg', 'png')}]`,
      whole.replace('source-ref', 'source_ref'),
      whole.replace('s3://pictures/', 'https://pictures.s3.amazonaws.com/'),
      whole.replace('"lan":0', '"lan":"0"'),
      whole.replace('"lan":0', '"lan" :"0" '),
      whole.slice(0, -3),
      whole.replace(',', ' '),
      `${whole}${whole}`,
    ),
  ),
);

/** Lines of labeled objects with nothing wrong, to be spoilt. */
export const labeledLines = fc
  .array(
    fc.oneof(
      object,
      fc.constant(JSON.stringify(boxes(picture('b.jpg'), [{ name: 'cat', box: [0, 0, 9, 9] }]))),
      fc.constant(JSON.stringify(spans(text('In May'), [['Date', 3, 6]]))),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((lines) => lines.map((one) => `${one}\n`).join(''));

/** The text of a manifest as an editor has it. */
export const randomText = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', ''))
  .map(([lines, end]) => lines.join('\n') + end);
