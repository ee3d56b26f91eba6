import {
  CreateWorkforceCommand,
  DeleteWorkforceCommand,
  DescribeWorkforceCommand,
  ListWorkforcesCommand,
  type SageMakerClient,
  type Workforce,
} from '@aws-sdk/client-sagemaker';
import { Failure } from '../core/failure.js';
import { keeping, type LabKeeper } from '../core/lab/labKeeper.js';
import type { Tags } from '../core/lab/labTags.js';
import type { PoolClient } from './cognitoUserPools.js';
import { type AwsCaller, isRefusal, wasRepeated } from './errors.js';
import type { pause } from './pause.js';
import { madeWithTags, tagList } from './tags.js';

const consoleWorkforce = 'default'; // The console gives this name, and notebooks of AWS look for it.
const pollDelayMs = 2_000;
/** Of what should be going, and is not: a list may be some seconds old. */
const mostLooks = 15;
/** By then a workforce can have teams, everywhere. */
const newWorkforceMs = 120_000;
const teamDelayMs = 5_000;
const teamAttempts = 13;

/** The one private workforce that an account can have in a region. */
export class SageMakerWorkforces {
  readonly #client: SageMakerClient;
  readonly #call: AwsCaller;
  readonly #wait: typeof pause;
  #madeAt = 0;

  constructor(client: SageMakerClient, call: AwsCaller, wait: typeof pause) {
    this.#client = client;
    this.#call = call;
    this.#wait = wait;
  }

  /** `pool` is missing where the workforce signs in through an identity provider of its own. */
  async find(signal: AbortSignal): Promise<{ readonly name: string; readonly pool?: PoolClient } | undefined> {
    const workforce = await this.#only(signal);
    if (!workforce) {
      return undefined;
    }
    if (workforce.Status === 'Deleting') {
      await this.#untilGone(signal); // Nothing can be made with it any more, nor beside it.
      return undefined;
    }
    const { UserPool: userPoolId, ClientId: clientId } = workforce.CognitoConfig ?? {};
    return {
      name: workforce.WorkforceName ?? consoleWorkforce,
      ...(userPoolId !== undefined && clientId !== undefined && { pool: { userPoolId, clientId } }),
    };
  }

  /** Resolves when the workforce is active, which takes AWS some seconds. */
  async ensure(pool: PoolClient, keeper: LabKeeper, signal: AbortSignal): Promise<'made' | 'found'> {
    const existing = await this.#only(signal);
    if (!existing) {
      const resource = { kind: 'workforce', name: consoleWorkforce } as const;
      const { denied } = await keeping(keeper, resource, () =>
        madeWithTags({
          tags: keeper.tags,
          action: 'sagemaker:AddTags',
          make: (tags) => this.#create(pool, tags, signal),
        }),
      );
      await keeper.made(resource, denied);
    }
    this.#madeAt = existing ? (existing.CreateDate?.getTime() ?? 0) : Date.now();
    await this.#untilActive(existing?.WorkforceName ?? consoleWorkforce, signal);
    return existing ? 'found' : 'made';
  }

  /** SageMaker may refuse the first team for a moment after the workforce was made (reference §1.2). */
  async onceUsable(makeTeam: () => Promise<void>, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await makeTeam();
        return;
      } catch (error) {
        const isNew = Date.now() - this.#madeAt < newWorkforceMs;
        if (!isNew || attempt === teamAttempts || !isRefusal(error, 'ValidationException')) {
          throw error;
        }
        await this.#wait(teamDelayMs, signal);
      }
    }
  }

  async #create({ userPoolId, clientId }: PoolClient, tags: Tags, signal: AbortSignal): Promise<void> {
    const command = new CreateWorkforceCommand({
      WorkforceName: consoleWorkforce,
      CognitoConfig: { UserPool: userPoolId, ClientId: clientId },
      Tags: tagList(tags),
    });
    try {
      await this.#call({ action: 'sagemaker:CreateWorkforce', resource: consoleWorkforce }, signal, (options) =>
        this.#client.send(command, options),
      );
    } catch (error) {
      // There can be one only: if it was there a moment after it was not, the attempt before made it.
      if (!wasRepeated(error) || !(await this.#only(signal))) {
        throw error;
      }
    }
  }

  /** Resolves when it is gone, so that its user pool can go next. */
  async delete(name: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#call({ action: 'sagemaker:DeleteWorkforce', resource: name }, signal, (options) =>
        this.#client.send(new DeleteWorkforceCommand({ WorkforceName: name }), options),
      );
    } catch (error) {
      if (!wasRepeated(error) || (await this.#only(signal))) {
        throw error;
      }
    }
    await this.#untilGone(signal);
  }

  /** Rejects where it does not go: AWS deletes it by and by, and may fail at that. */
  async #untilGone(signal: AbortSignal): Promise<void> {
    let staying = 0;
    for (let left = await this.#only(signal); left; left = await this.#only(signal)) {
      staying = left.Status === 'Deleting' ? 0 : staying + 1;
      if (staying > mostLooks) {
        throw new Failure('aws.refused', {
          action: 'sagemaker:DeleteWorkforce',
          name: left.Status ?? 'NotDeleted',
          reason: left.FailureReason ?? 'the workforce is still there, and AWS gives no reason',
        });
      }
      await this.#wait(pollDelayMs, signal);
    }
  }

  async #only(signal: AbortSignal): Promise<Workforce | undefined> {
    const { Workforces = [] } = await this.#call(
      { action: 'sagemaker:ListWorkforces', resource: '*' },
      signal,
      (options) => this.#client.send(new ListWorkforcesCommand({}), options),
    );
    return Workforces[0];
  }

  async #untilActive(name: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const action = { action: 'sagemaker:DescribeWorkforce', resource: name };
      const { Workforce } = await this.#call(action, signal, (options) =>
        this.#client.send(new DescribeWorkforceCommand({ WorkforceName: name }), options),
      );
      switch (Workforce?.Status) {
        case 'Active':
          return;
        case 'Failed':
          throw new Failure('aws.refused', {
            action: 'sagemaker:CreateWorkforce',
            name: 'Failed',
            reason: Workforce.FailureReason ?? 'no reason was given',
          });
        case 'Initializing':
        case 'Updating':
        case 'Deleting':
        case undefined:
          await this.#wait(pollDelayMs, signal);
      }
    }
  }
}
