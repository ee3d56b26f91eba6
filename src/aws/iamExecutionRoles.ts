import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  type IAMClient,
  type Role,
} from '@aws-sdk/client-iam';
import { executionRolePolicy, executionRoleTrust, sageMakerPrincipal } from '../core/lab/executionRole.js';
import { keeping, type LabKeeper } from '../core/lab/labKeeper.js';
import type { Tags } from '../core/lab/labTags.js';
import { mayPass } from '../core/passing.js';
import type { ExecutionRole, ExecutionRoles, RoleWish } from '../core/executionRoles.js';
import { ignoring, isRefusal, type AwsCaller, wasRepeated } from './errors.js';
import type { pause } from './pause.js';
import { persist } from './persist.js';
import { madeWithTags, tagList } from './tags.js';

/** By then all of AWS knows a role. Mostly it takes seconds; whoever does not want to wait can give up. */
const newRoleMs = 120_000;
const knownDelayMs = 2_000;
const namePrefix = 'AmazonSageMaker-ExecutionRole-'; // As the console names it.
const goneNames = ['NoSuchEntity', 'NoSuchEntityException'];

/** Roles are named after the second they were made in. */
interface RoleName {
  readonly at: number;
  readonly stamp: string;
}

export class IamExecutionRoles implements ExecutionRoles {
  readonly #client: IAMClient;
  readonly #call: AwsCaller;
  /** When each role of this connection was made, by its ARN. */
  readonly #madeAt = new Map<string, number>();
  /** Begun for these buckets, and maybe made: whoever asks for one again gets that one, completed. */
  readonly #unfinished = new Map<string, RoleName>();
  readonly #wait: typeof pause;

  constructor(client: IAMClient, call: AwsCaller, wait: typeof pause) {
    this.#client = client;
    this.#call = call;
    this.#wait = wait;
  }

  async list(signal: AbortSignal): Promise<readonly ExecutionRole[]> {
    const roles: ExecutionRole[] = [];
    let marker: string | undefined;
    do {
      const page = await this.#call({ action: 'iam:ListRoles', resource: '*' }, signal, (options) =>
        this.#client.send(new ListRolesCommand({ Marker: marker }), options),
      );
      roles.push(...(page.Roles ?? []).filter(trustsSageMaker).map(toExecutionRole));
      marker = page.IsTruncated === true ? page.Marker : undefined;
    } while (marker !== undefined);
    return roles;
  }

  /** Whether SageMaker may still refuse the role for being too new. */
  isNew(arn: string): boolean {
    const madeAt = this.#madeAt.get(arn);
    return madeAt !== undefined && Date.now() - madeAt < newRoleMs;
  }

  async create(wish: RoleWish, keeper: LabKeeper, signal: AbortSignal): Promise<ExecutionRole> {
    const { buckets } = wish;
    const { name, arn, stamp } = await this.#createRole(wish, keeper, signal);
    this.#madeAt.set(arn, Date.now());
    const [, partition = 'aws'] = arn.split(':');
    const command = new PutRolePolicyCommand({
      RoleName: name,
      PolicyName: `AmazonSageMaker-ExecutionPolicy-${stamp}`,
      PolicyDocument: JSON.stringify(executionRolePolicy(buckets, partition)),
    });
    await this.#onceKnown(arn, signal, () =>
      this.#call({ action: 'iam:PutRolePolicy', resource: name }, signal, (options) =>
        this.#client.send(command, options),
      ),
    );
    this.#unfinished.delete(buckets.join());
    return { name, arn };
  }

  /** IAM needs a moment until all of it has heard of a new role. */
  async #onceKnown(arn: string, signal: AbortSignal, run: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await run();
        return;
      } catch (error) {
        if (!isGone(error) || !this.isNew(arn)) {
          throw error;
        }
        await this.#wait(knownDelayMs, signal);
      }
    }
  }

  async #createRole(
    { buckets, name: wished }: RoleWish,
    keeper: LabKeeper,
    signal: AbortSignal,
  ): Promise<ExecutionRole & RoleName> {
    const begun = this.#unfinished.get(buckets.join()) ?? roleNamed(wished);
    for (let at = begun?.at ?? Date.now(); ; at += 1_000) {
      const stamp = consoleTimestamp(new Date(at));
      const name = `${namePrefix}${stamp}`;
      this.#unfinished.set(buckets.join(), { at, stamp }); // Also where its reply is missing, the role perhaps not.
      const resource = { kind: 'role', name, arn: '', buckets } as const;
      try {
        const { made: arn, denied } = await keeping(keeper, resource, () =>
          madeWithTags({
            tags: keeper.tags,
            action: 'iam:TagRole',
            make: (tags) => this.#sendRole({ name, buckets, tags }, signal),
          }),
        );
        await keeper.made({ ...resource, arn }, denied);
        return { name, arn, at, stamp };
      } catch (error) {
        if (!isRefusal(error, 'EntityAlreadyExists', 'EntityAlreadyExistsException')) {
          if (!mayPass(error)) {
            this.#unfinished.delete(buckets.join());
          }
          throw error;
        }
        if (at === begun?.at || wasRepeated(error)) {
          const arn = await this.#arnOf(name, signal);
          await keeper.made({ ...resource, arn });
          return { name, arn, at, stamp };
        }
        // Two roles of one second: this one takes the next that is free.
      }
    }
  }

  async #sendRole(
    { name, buckets, tags }: { readonly name: string; readonly buckets: readonly string[]; readonly tags: Tags },
    signal: AbortSignal,
  ): Promise<string> {
    const command = new CreateRoleCommand({
      RoleName: name,
      Path: '/service-role/',
      Description: `Lets SageMaker Ground Truth read and write ${buckets.join(', ')}`.slice(0, 1_000),
      AssumeRolePolicyDocument: JSON.stringify(executionRoleTrust),
      Tags: tagList(tags),
    });
    const { Role } = await this.#call({ action: 'iam:CreateRole', resource: name }, signal, (options) =>
      this.#client.send(command, options),
    );
    return Role?.Arn ?? '';
  }

  async #arnOf(name: string, signal: AbortSignal): Promise<string> {
    const { Role } = await persist(
      () =>
        this.#call({ action: 'iam:GetRole', resource: name }, signal, (options) =>
          this.#client.send(new GetRoleCommand({ RoleName: name }), options),
        ),
      this.#wait,
      signal,
    );
    return Role?.Arn ?? '';
  }

  /** A role keeps IAM from deleting it until its policies are gone. One that is gone already is no error. */
  async delete({ name, arn }: ExecutionRole, signal: AbortSignal): Promise<void> {
    this.#madeAt.delete(arn);
    await ignoring(goneNames, async () => {
      await this.#deletePolicies(name, signal);
      await this.#call({ action: 'iam:DeleteRole', resource: name }, signal, (options) =>
        this.#client.send(new DeleteRoleCommand({ RoleName: name }), options),
      );
    });
  }

  async #deletePolicies(name: string, signal: AbortSignal): Promise<void> {
    const { PolicyNames = [] } = await this.#call(
      { action: 'iam:ListRolePolicies', resource: name },
      signal,
      (options) => this.#client.send(new ListRolePoliciesCommand({ RoleName: name }), options),
    );
    for (const policy of PolicyNames) {
      await ignoring(goneNames, () =>
        this.#call({ action: 'iam:DeleteRolePolicy', resource: name }, signal, (options) =>
          this.#client.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: policy }), options),
        ),
      );
    }
    const { AttachedPolicies = [] } = await this.#call(
      { action: 'iam:ListAttachedRolePolicies', resource: name },
      signal,
      (options) => this.#client.send(new ListAttachedRolePoliciesCommand({ RoleName: name }), options),
    );
    for (const { PolicyArn } of AttachedPolicies) {
      await ignoring(goneNames, () =>
        this.#call({ action: 'iam:DetachRolePolicy', resource: name }, signal, (options) =>
          this.#client.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn }), options),
        ),
      );
    }
  }
}

function isGone(error: unknown): boolean {
  return isRefusal(error, ...goneNames);
}

/** `20191027T040859`: like the console's stamps, which end in hundredths of a second where this has the second. */
function consoleTimestamp(now: Date): string {
  return now.toISOString().replaceAll(/[-:]|\.\d+Z$/gu, '');
}

/** From a name that this class gave; `undefined` for any other. */
function roleNamed(name: string | undefined): RoleName | undefined {
  const stamp = name?.startsWith(namePrefix) === true ? name.slice(namePrefix.length) : '';
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/u.exec(stamp) ?? [];
  return second === undefined
    ? undefined
    : { at: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`), stamp };
}

/** The policy comes percent-encoded, and one principal or action comes as a string, several as an array. */
function trustsSageMaker({ AssumeRolePolicyDocument: document }: Role): boolean {
  return document !== undefined && decodeURIComponent(document).includes(`"${sageMakerPrincipal}"`);
}

function toExecutionRole({ RoleName: name = '', Arn: arn = '' }: Role): ExecutionRole {
  return { name, arn };
}
