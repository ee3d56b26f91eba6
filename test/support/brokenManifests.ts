import * as fc from 'fast-check';
import { picture, single } from './labeledLines.js';

const key = fc.integer({ min: 0, max: 6 }).map((number) => `${number} größe 😀.jpg`);
const object = key.map((name) => JSON.stringify(single(picture(name), 'cat')));

/** Lines of manifests, most of them with something wrong. */
const line = object.chain((text) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(text) },
    fc.constantFrom(
      `${text},`,
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
      JSON.stringify(JSON.parse(text), undefined, 2),
      `[${text}, ${text.replace('jpg', 'png')}]`,
      text.replace('source-ref', 'source_ref'),
      text.replace('s3://pictures/', 'https://pictures.s3.amazonaws.com/'),
      text.replace('"lan":0', '"lan":"0"'),
      text.replace('"lan":0', '"lan" :"0" '),
      text.slice(0, -3),
      text.replace(',', ' '),
      `${text}${text}`,
    ),
  ),
);

/** The text of a manifest as an editor has it. */
export const randomText = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', ''))
  .map(([lines, end]) => lines.join('\n') + end);
