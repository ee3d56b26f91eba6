import * as vscode from 'vscode';
import type { Services } from '../../../src/core/ports.js';
import type { Connection } from '../../../src/host/support/connection.js';
import { servicesOver } from '../../support/services.js';

/** A connection to these services, which never changes. */
export function connectionTo(services: Partial<Services>): Connection {
  const changed = new vscode.EventEmitter<void>();
  return {
    onDidChange: changed.event,
    onDidRecover: changed.event,
    kind: 'local',
    target: notThere,
    services: () => Promise.resolve(servicesOver(services)),
    portal: notThere,
    memberOutlooks: notThere,
    dispose: () => changed.dispose(),
  };
}

function notThere(): Promise<never> {
  return Promise.reject(new Error('There is no server behind this connection'));
}
