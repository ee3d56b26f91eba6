import type { AwsClient } from '../../../src/aws/services.js';

interface Backoff {
  setDelayBase(delayMs: number): void;
  computeNextBackoffDelay(attempt: number): number;
}

interface PatientConfig {
  retryStrategy: () => Promise<{ retryBackoffStrategy?: Backoff }>;
}

/** Has the SDK ask again at once: as often as it would, but without its seconds of waiting. */
export function hasten(client: AwsClient): void {
  const config = client.config as unknown as PatientConfig;
  const provide = config.retryStrategy;
  config.retryStrategy = async () =>
    Object.assign(await provide(), {
      retryBackoffStrategy: { setDelayBase: () => undefined, computeNextBackoffDelay: () => 1 },
    });
}
