import assert from 'node:assert/strict';
import { cutRequestShapes, operations } from '../../support/serviceModel/cut.mjs';

type Model = Parameters<typeof cutRequestShapes>[0];

const unionOfNothing = { type: 'structure', members: {}, union: true };

/** A model in which every operation asks for the same. */
function modelOf(shapes: Model['shapes']): Model {
  return {
    operations: Object.fromEntries(operations.map((name) => [name, { input: { shape: 'Request' } }])),
    shapes: { Request: { type: 'structure', members: { Field: { shape: 'Field' } } }, ...shapes },
  };
}

describe('what is cut out of a service model', () => {
  it('has the facts, in the server’s words, and none of the documentation', () => {
    const model = modelOf({
      Request: {
        type: 'structure',
        required: ['Field'],
        members: { Texts: { shape: 'Texts' }, Field: { shape: 'Field' } },
        documentation: 'Words',
      },
      Texts: { type: 'list', member: { shape: 'Text' }, min: 0, max: 3 },
      Text: { type: 'string', enum: ['a', 'b'], min: 1 },
      Field: { type: 'integer', min: 0, max: 9 },
      Unused: { type: 'string' },
    });
    const { shapes } = cutRequestShapes(model);
    assert.deepEqual(shapes, {
      Field: { kind: 'integer', min: 0, max: 9 },
      Request: { kind: 'structure', required: ['Field'], members: { Field: 'Field', Texts: 'Texts' } },
      Text: { kind: 'string', min: 1, values: ['a', 'b'] },
      Texts: { kind: 'list', of: 'Text', max: 3 },
    });
  });

  const patterns = [
    { pattern: '^[a-z]+$', whole: '[a-z]+' },
    { pattern: '^[a-z]+', whole: '[a-z]+' },
    { pattern: '[^a]\\$', whole: '[^a]\\$' },
    { pattern: '(^a$)|(^b$)', whole: '(^a$)|(^b$)' },
  ];
  for (const { pattern, whole } of patterns) {
    it(`has ${pattern} as ${whole}`, () => {
      const { shapes } = cutRequestShapes(modelOf({ Field: { type: 'string', pattern } }));
      assert.deepEqual(shapes['Field'], { kind: 'string', pattern: whole });
    });
  }

  const refused: readonly { readonly name: string; readonly shapes: Model['shapes']; readonly reason: RegExp }[] = [
    {
      name: 'a constraint that it does not know',
      shapes: { Field: unionOfNothing },
      reason: /Field has what the server does not know: union/u,
    },
    { name: 'a type that it does not know', shapes: { Field: { type: 'blob' } }, reason: /Field is a blob/u },
    { name: 'a shape that is not there', shapes: {}, reason: /no shape Field/u },
  ];
  for (const { name, shapes, reason } of refused) {
    it(`is nothing where there is ${name}`, () => {
      assert.throws(() => cutRequestShapes(modelOf(shapes)), { message: reason });
    });
  }
});
