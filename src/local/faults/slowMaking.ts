import type { Clock } from '../clock.js';
import type { ServiceCall } from '../http/serviceCall.js';
import type { FaultRule } from './faultRule.js';
import { noSuchRole, roleNotAssumed, workforceNotReady } from './refusals.js';

interface SlowlyMade {
  readonly knownAt: number;
  looksLeft: number;
}

/** What was made so short a time ago that not all of AWS has heard of it: a role by its name, the one workforce. */
export class SlowMaking {
  readonly #clock: Clock;
  readonly #made = new Map<string, SlowlyMade>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Of what this call has made. */
  add({ field }: ServiceCall, { fault, calls = 0, lastsMs = 0 }: FaultRule): void {
    const name = fault === 'SlowRole' ? roleKey(field('RoleName')) : workforceKey;
    this.#made.set(name, { knownAt: this.#clock.now().getTime() + lastsMs, looksLeft: calls });
  }

  /** Throws what AWS says of something that it has not heard of yet. */
  check({ service, operation, field }: ServiceCall): void {
    if (service === 'iam') {
      const name = field('RoleName') ?? '';
      if (operation !== 'CreateRole' && this.#isUnknown(roleKey(name))) {
        throw noSuchRole(name);
      }
      return;
    }
    if (service !== 'sagemaker') {
      return;
    }
    const arn = field('RoleArn') ?? '';
    if (this.#isUnknown(roleKey(arn.slice(arn.lastIndexOf('/') + 1)))) {
      throw roleNotAssumed(arn);
    }
    if (operation === 'CreateWorkteam' && this.#isUnknown(workforceKey)) {
      throw workforceNotReady();
    }
  }

  #isUnknown(key: string): boolean {
    const made = this.#made.get(key);
    if (made === undefined) {
      return false;
    }
    if (made.looksLeft > 0) {
      made.looksLeft -= 1;
      return true;
    }
    return this.#clock.now().getTime() < made.knownAt;
  }
}

const workforceKey = 'workforce';

function roleKey(name = ''): string {
  return `role ${name}`;
}
