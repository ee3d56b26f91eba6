import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as sdk from '@aws-sdk/client-sagemaker';
import { requestNames, requestShapes } from '../../src/local/sagemaker/requestShapes.js';
import { pythonCommands } from '../support/awsCli.js';
import { cutRequestShapes, operations } from '../support/serviceModel/cut.mjs';
import { findModels, readModel } from '../support/serviceModel/models.mjs';
import { knownVersions } from '../support/serviceModel/newerModels.mjs';
import { shapesFile, shapesSource } from '../support/serviceModel/source.mjs';

describe('the shapes of SageMaker’s requests', () => {
  // Another model than those that this was checked with may say other things, and "npm run shapes" is there for that.
  for (const { version, file } of findModels(pythonCommands).filter((model) => isKnown(model.version))) {
    it(`are what "npm run shapes" makes of the model of botocore ${version}`, async () => {
      const cut = cutRequestShapes(readModel(file));
      assert.equal(await shapesSource(cut), await readFile(shapesFile, 'utf8'));
    });
  }

  it('are there for every operation', () => {
    assert.deepEqual(Object.keys(requestNames), [...operations]);
  });

  for (const [name, shape] of Object.entries(requestShapes)) {
    if (shape.kind === 'structure') {
      it(`${name} has the members of the AWS SDK, and requires the same`, () => {
        const [members, required] = sdkStructure(name);
        assert.deepEqual(new Set(Object.keys(shape.members)), new Set(members));
        assert.deepEqual(new Set('required' in shape ? shape.required : []), new Set(required));
      });
    }
  }
});

/** The names of a structure's members, and of those that are required: the SDK has them at the head of the others. */
function sdkStructure(name: string): readonly [readonly string[], readonly string[]] {
  const schema: unknown = Reflect.get(sdk, `${name}$`);
  assert.ok(Array.isArray(schema), `the SDK has no ${name}`);
  const [, , , , members, , requiredCount = 0] = schema as [0, 0, 0, 0, readonly string[], 0, number?];
  return [members, members.slice(0, requiredCount)];
}

function isKnown(version: string): boolean {
  const { oldest, newest } = knownVersions;
  const sorted = [oldest, version, newest].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return sorted[1] === version;
}
