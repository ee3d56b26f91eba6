import type { Clock } from '../clock.js';
import type { ServiceCall } from '../http/serviceCall.js';
import type { FaultRule } from './faultRule.js';
import { noSuchRole, roleNotAssumed } from './refusals.js';

interface SlowRole {
  readonly knownAt: number;
  looksLeft: number;
}

/** Roles that were made so short a time ago that not all of AWS has heard of them: IAM tells its regions one by one. */
export class SlowRoles {
  readonly #clock: Clock;
  readonly #roles = new Map<string, SlowRole>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(name: string, { calls = 0, lastsMs = 0 }: FaultRule): void {
    this.#roles.set(name, { knownAt: this.#clock.now().getTime() + lastsMs, looksLeft: calls });
  }

  /** Throws what AWS says of a role that it has not heard of yet. */
  check({ service, operation, field }: ServiceCall): void {
    if (service === 'iam') {
      const name = field('RoleName') ?? '';
      if (operation !== 'CreateRole' && this.#isUnknown(name)) {
        throw noSuchRole(name);
      }
      return;
    }
    const arn = field('RoleArn') ?? '';
    if (service === 'sagemaker' && this.#isUnknown(arn.slice(arn.lastIndexOf('/') + 1))) {
      throw roleNotAssumed(arn);
    }
  }

  #isUnknown(name: string): boolean {
    const role = this.#roles.get(name);
    if (role === undefined) {
      return false;
    }
    if (role.looksLeft > 0) {
      role.looksLeft -= 1;
      return true;
    }
    return this.#clock.now().getTime() < role.knownAt;
  }
}
