import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-sagemaker';
import type { OperationName } from '../../src/local/sagemaker/requests.js';
import { requestNames } from '../../src/local/sagemaker/requestShapes.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { boundariesOf } from '../support/requestBoundaries.js';

const shapeErrors = /validation errors? detected|SerializationException/u;

describe('the constraints of requests', () => {
  let server: TestServer;
  let client: sdk.SageMakerClient;
  let [constraints, fields] = [0, 0];
  before(async () => {
    server = await startTestServer();
    client = new sdk.SageMakerClient(server.clientConfig);
  });
  after(async () => {
    await server.stop();
    console.log(
      `      ${constraints} constraints of ${fields} fields, each with a request just inside and one just outside`,
    );
  });

  for (const operation of Object.keys(requestNames) as OperationName[]) {
    it(`of ${operation} let in what keeps to them, and nothing else`, async () => {
      const boundaries = boundariesOf(operation);
      for (const { field, constraint, inside, outside } of boundaries) {
        const refusal = `at '${field}' failed to satisfy constraint: ${constraint}`;
        const taken = await answer(operation, inside);
        assert.ok(!shapeErrors.test(taken), `${field} keeps to "${constraint}", and yet: ${taken}`);
        const refused = await answer(operation, outside);
        assert.ok(refused.startsWith('ValidationException') && refused.includes(refusal), `${refusal}, not ${refused}`);
      }
      constraints += boundaries.length;
      fields += new Set(boundaries.map(({ field }) => field)).size;
    });
  }

  /** The refusal's name and words; nothing where the request was taken. */
  async function answer(operation: OperationName, input: object): Promise<string> {
    const Command = Reflect.get(sdk, `${operation}Command`) as new (input: object) => sdk.ListTagsCommand;
    try {
      await client.send(new Command(input));
      return '';
    } catch (error) {
      return error instanceof sdk.SageMakerServiceException ? `${error.name}: ${error.message}` : String(error);
    }
  }
});
