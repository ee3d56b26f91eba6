import assert from 'node:assert/strict';
import { requestNames } from '../../src/local/sagemaker/requestShapes.js';
import { assertHas } from '../support/assertHas.js';
import type { Answer, AwsClient } from '../support/operations/awsClient.js';
import { allClients } from '../support/operations/clients.js';
import { labelingJobCases } from '../support/operations/labelingJobCases.js';
import type { OperationCase } from '../support/operations/operationCase.js';
import { type OperationsLab, prepareOperations } from '../support/operations/operationsLab.js';
import { otherCases } from '../support/operations/otherCases.js';
import { teamCases } from '../support/operations/teamCases.js';

for (const client of allClients()) {
  describe(`the operations of SageMaker with ${client.name}`, () => {
    let lab: OperationsLab;
    let calls: readonly Call[];
    before(async () => {
      lab = await prepareOperations();
      const cases = [...labelingJobCases(lab), ...teamCases(lab), ...otherCases(lab)];
      calls = callAll(client, lab, cases.filter((each) => isFor(client, each)).toSorted(byOperation));
    });
    after(async () => {
      client.close();
      await lab.stop();
    });

    for (const operation of Object.keys(requestNames)) {
      it(`${operation} replies and refuses as it should`, async () => {
        const own = calls.filter(({ asked }) => asked.operation === operation);
        assert.ok(own.length > 0);
        for (const { asked, answer } of own) {
          check(asked, await answer);
        }
      });
    }
  });
}

function isFor({ isNew, isForReplies = false }: AwsClient, asked: OperationCase): boolean {
  const isOnlyRefused = asked.operation === 'DescribeSubscribedWorkteam';
  return (isNew || asked.isNew !== true) && (!isForReplies || asked.refusal === undefined || isOnlyRefused);
}

/** As the tests follow each other, so that none waits for the calls of all others. */
function byOperation(left: OperationCase, right: OperationCase): number {
  return left.operation < right.operation ? -1 : left.operation > right.operation ? 1 : 0;
}

interface Call {
  readonly asked: OperationCase;
  readonly answer: Promise<Answer>;
}

/** A program of its own for each call takes its time: they run two by two. */
const callsAtOnce = 2;

function callAll(client: AwsClient, { servers }: OperationsLab, cases: readonly OperationCase[]): readonly Call[] {
  const lanes = Array.from({ length: callsAtOnce }, async () => undefined as unknown);
  return cases.map((asked, index) => {
    const lane = index % callsAtOnce;
    const answer = (async () => {
      await lanes[lane];
      return client.call(servers[asked.on ?? 'full'], asked.operation, asked.input);
    })();
    lanes[lane] = answer.catch(() => undefined); // Its own test says so; the next call goes on.
    return { asked, answer };
  });
}

function check({ operation, name, reply, refusal }: OperationCase, answer: Answer): void {
  const said = `${operation} ${name}: ${JSON.stringify(answer)}`;
  if (refusal === undefined) {
    assert.ok('reply' in answer, said);
    assert.deepEqual(answer.problems, [], said);
    assertHas(answer.reply, reply, said);
  } else {
    assert.ok('code' in answer, said);
    assert.equal(answer.code, refusal.code, said);
    assert.match(answer.message, refusal.reason, said);
  }
}
