import assert from 'node:assert/strict';
import { run } from '../../../../src/local/records.js';
import { sessionEnd } from '../../../../src/local/portal/sessionEnds.js';
import { issueToken, tokenHolder } from '../../../../src/local/portal/tokens.js';
import { EngineLab } from '../../../support/engineLab.js';

const day = 24 * 60 * 60_000;

describe('why a session is over', () => {
  let lab: EngineLab;
  let token: string;
  let sub: string;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    ({ sub } = lab.addWorker('anna@example.org'));
    ({ token } = issueToken(lab.database, { sub, purpose: 'session', now: lab.clock.now() }));
  });

  it('is that all of its workforce was deleted', () => {
    run(lab.database, 'DELETE FROM user_pools');
    assert.equal(sessionEnd(lab.database, token), 'memberDeleted');
  });

  it('is told for a week, and forgotten then', () => {
    const { database, clock } = lab;
    clock.advance(day);
    assert.equal(tokenHolder(database, { token, purpose: 'session', now: clock.now() }), undefined);
    assert.equal(sessionEnd(database, token), 'expired');
    clock.advance(7 * day);
    issueToken(database, { sub, purpose: 'session', now: clock.now() });
    assert.equal(sessionEnd(database, token), 'unknown');
  });
});
