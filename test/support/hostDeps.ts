import type { Services } from '../../src/core/ports.js';
import type { Deps } from '../../src/host/commands/deps.js';
import { connectionTo, type FakeConnection } from './hostConnection.js';
import { MemoryJournal } from './memoryJournal.js';
import { MemoryMemento } from './memoryMemento.js';

/** What commands work with, over these services. `fakeVscode` must have been called. */
export async function hostDeps(services: Partial<Services>, connection: FakeConnection = connectionTo(services)) {
  const { Ledger } = await import('../../src/host/support/ledger.js');
  const { ShownQuestions } = await import('../../src/host/support/shownQuestions.js');
  const logged: string[] = [];
  const tree = { refresh: () => undefined, refreshFolder: () => undefined };
  const deps = {
    connection,
    ledger: new Ledger(
      connection,
      { journal: new MemoryJournal(), earlier: new MemoryMemento() },
      { tags: { 'made-by': 'the test' }, onUntagged: (action) => logged.push(action) },
    ),
    memory: new MemoryMemento(),
    questions: new ShownQuestions(),
    log: { error: (text: unknown) => logged.push(String(text)) },
    buckets: tree,
    labelingJobs: tree,
    privateTeams: tree,
  };
  return { deps: deps as unknown as Deps, logged };
}
