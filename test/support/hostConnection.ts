import type { Services } from '../../src/core/ports.js';
import type { SwitchableConnection } from '../../src/host/support/switchableConnection.js';
import { servicesOver } from './services.js';

export type FakeConnection = Pick<
  SwitchableConnection,
  'kind' | 'choice' | 'onDidChange' | 'onDidRecover' | 'target' | 'services' | 'portal' | 'memberOutlooks' | 'dispose'
>;

/** A connection to Local Ground Truth that has these services, and never changes. */
export function connectionTo(services: Partial<Services> = {}): FakeConnection {
  return {
    kind: 'local',
    choice: { kind: 'local' },
    onDidChange: () => ({ dispose: () => undefined }),
    onDidRecover: () => ({ dispose: () => undefined }),
    target: async () => ({ kind: 'local', server: localServer }),
    services: async () => servicesOver(services),
    portal: () => Promise.reject(new Error('Nobody labels here')),
    memberOutlooks: () => Promise.reject(new Error('Nobody labels here')),
    dispose: () => undefined,
  };
}

const localServer = {
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  accountId: '000000000000',
  accessKeyId: 'key',
  secretAccessKey: 'secret',
  portal: 'http://127.0.0.1:1/portal',
};
