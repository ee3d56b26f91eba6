import { type Random, seededRandom } from '../../core/simulation/seededRandom.js';
import type { Clock } from '../clock.js';
import type { CallGuard, ServiceCall } from '../http/serviceCall.js';
import type { Identity } from '../http/services.js';
import { cut, cutDuringBody, cutNextReply } from './cutConnection.js';
import type { FaultRule } from './faultRule.js';
import {
  accessDenied,
  expiredToken,
  internalError,
  internalErrorIn200,
  permanentRedirect,
  serviceUnavailable,
  temporaryRedirect,
  throttling,
} from './refusals.js';
import { SlowMaking } from './slowMaking.js';

export interface FaultyCallsOptions {
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** Lets calls fail as the rules say: the first rule that applies has its way. */
export class FaultyCalls implements CallGuard {
  readonly signatureClock: Clock;
  readonly #identity: Identity;
  readonly #log: (line: string) => void;
  readonly #clock: Clock;
  #rules: readonly CountedRule[] = [];
  #slowMaking: SlowMaking;

  constructor({ identity, clock, log }: FaultyCallsOptions) {
    this.#identity = identity;
    this.#clock = clock;
    this.#log = log;
    this.#slowMaking = new SlowMaking(clock);
    this.signatureClock = { now: () => this.#skewedNow(), after: (delayMs, run) => clock.after(delayMs, run) };
  }

  /** These rules instead of those before. */
  use(rules: readonly FaultRule[]): void {
    this.#rules = rules.map((rule) => new CountedRule(rule, this.#clock));
    this.#slowMaking = new SlowMaking(this.#clock);
  }

  #skewedNow(): Date {
    const now = this.#clock.now();
    const skew = this.#rules.find((it) => it.rule.fault === 'ClockSkew' && it.isInTime());
    return skew === undefined ? now : new Date(now.getTime() + (skew.rule.skewSeconds ?? 0) * 1_000);
  }

  async around<T>(call: ServiceCall, run: () => T | Promise<T>): Promise<T> {
    const rule = this.#rules.find((it) => it.applies(call))?.rule;
    if (rule === undefined) {
      this.#slowMaking.check(call);
      return run();
    }
    this.#log(`${call.service} ${call.operation} meets ${rule.fault}`);
    return this.#fail(rule, call, run);
  }

  async #fail<T>(rule: FaultRule, call: ServiceCall, run: () => T | Promise<T>): Promise<T> {
    const { request, response } = call;
    if (rule.retryAfterSeconds !== undefined) {
      response.setHeader('retry-after', String(rule.retryAfterSeconds));
    }
    const { region = '' } = rule;
    switch (rule.fault) {
      case 'Throttling':
      case 'SlowDown':
        throw throttling(call, this.#identity);
      case 'ServiceUnavailable':
        throw serviceUnavailable(call, this.#identity);
      case 'InternalError':
        throw internalError(call, this.#identity);
      case 'InternalErrorIn200':
        throw internalErrorIn200(call, this.#identity);
      case 'AccessDenied':
        throw accessDenied(call, this.#identity);
      case 'ExpiredToken':
        throw expiredToken(call, this.#identity);
      case 'CutBefore':
        throw cut(request);
      case 'CutDuring':
        throw await cutDuringBody(request, response);
      case 'CutAfter':
        await Promise.resolve()
          .then(run)
          .catch(() => undefined); // A refusal is lost like any other reply.
        throw cut(request);
      case 'CutReply': {
        const result = await run();
        cutNextReply(request, response);
        return result;
      }
      case 'WrongRegion':
        response.setHeader('x-amz-bucket-region', region);
        throw permanentRedirect(call, region);
      case 'NewBucketElsewhere':
        response.setHeader('x-amz-bucket-region', region);
        throw temporaryRedirect(call, region);
      case 'SlowRole':
      case 'SlowWorkforce': {
        const result = await run();
        this.#slowMaking.add(call, rule);
        return result;
      }
      case 'ClockSkew': // It is the signature's affair, and over before an operation is called.
        return run();
    }
  }
}

/** A rule, and how often calls have matched it and met its fault. */
class CountedRule {
  readonly rule: FaultRule;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #random: Random;
  #matched = 0;
  #met = 0;

  constructor(rule: FaultRule, clock: Clock) {
    this.rule = rule;
    this.#clock = clock;
    this.#startedAt = clock.now().getTime();
    this.#random = seededRandom(rule.seed ?? 1);
  }

  applies(call: ServiceCall): boolean {
    const { fault, after = 0, every = 1, times = Number.POSITIVE_INFINITY, rate = 1 } = this.rule;
    if (fault === 'ClockSkew' || !this.#concerns(call) || !this.isInTime()) {
      return false;
    }
    this.#matched += 1;
    const counted = this.#matched - after;
    if (counted < 1 || counted % every !== 0 || this.#met >= times || this.#random() >= rate) {
      return false;
    }
    this.#met += 1;
    return true;
  }

  isInTime(): boolean {
    const { afterMs = 0, forMs = Number.POSITIVE_INFINITY } = this.rule;
    const elapsedMs = this.#clock.now().getTime() - this.#startedAt;
    return elapsedMs >= afterMs && elapsedMs < afterMs + forMs;
  }

  #concerns(call: ServiceCall): boolean {
    const { service, operation, bucket, region } = this.rule;
    return (
      (service === '*' || service === call.service) &&
      (operation === '*' || operation === call.operation) &&
      (bucket === undefined || bucket === call.bucket) &&
      // Who has been told asks the region where the bucket is, and signs for it.
      (region === undefined || (isAboutBucket(call) && region !== signedRegion(call)))
    );
  }
}

/** Where a bucket is matters to all that is done with it, but not to a listing of buckets, or to making one. */
function isAboutBucket({ bucket = '', operation }: ServiceCall): boolean {
  return bucket !== '' && operation !== 'CreateBucket';
}

function signedRegion({ request }: ServiceCall): string | undefined {
  const { authorization = '' } = request.headers;
  return /Credential=[^/]+\/\d+\/(?<region>[^/]+)\//u.exec(authorization)?.groups?.['region'];
}
