import assert from 'node:assert/strict';
import { query, run } from '../../../../src/local/records.js';
import { setNewPassword, signIn } from '../../../../src/local/portal/signIn.js';
import { EngineLab } from '../../../support/engineLab.js';

const minute = 60_000;
const email = 'anna@example.org';

describe('signing in', () => {
  let lab: EngineLab;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    await lab.call('cognito', 'AdminCreateUser', {
      UserPoolId: lab.userPool,
      Username: email,
      TemporaryPassword: 'temporary',
    });
  });

  it('lets a challenge be spent once, even by two at the same time', async () => {
    const challenge = await newChallenge();
    const settled = await Promise.allSettled(
      ['first password', 'second password'].map(async (newPassword) =>
        setNewPassword(lab.portal, { challenge, newPassword }),
      ),
    );
    assert.deepEqual(settled.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    const [refused] = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    assert.equal((refused as { code: string }).code, 'SessionExpired');
  });

  it('ends a challenge with the next invitation', async () => {
    const challenge = await newChallenge();
    await lab.call('cognito', 'AdminCreateUser', {
      UserPoolId: lab.userPool,
      Username: email,
      MessageAction: 'RESEND',
    });
    await assert.rejects(setNewPassword(lab.portal, { challenge, newPassword: 'own password' }), {
      code: 'SessionExpired',
    });
  });

  const changes = [
    { name: 'is disabled', sql: 'UPDATE users SET is_enabled = 0' },
    { name: 'gets another password', sql: `UPDATE users SET password = 'other'` },
    { name: 'is deleted', sql: 'DELETE FROM users' },
  ];
  for (const { name, sql } of changes) {
    it(`refuses whoever ${name} while the password is looked at`, async () => {
      const attempt = signIn(lab.portal, { email, password: 'temporary' });
      run(lab.database, sql);
      await assert.rejects(attempt, { code: 'NotAuthorized' });
    });
  }

  it('forgets failures after an hour', async () => {
    for (const stranger of ['x@example.org', 'y@example.org']) {
      await assert.rejects(signIn(lab.portal, { email: stranger, password: 'wrong' }), { code: 'NotAuthorized' });
    }
    assert.equal(failures().length, 2);
    lab.clock.advance(60 * minute);
    await newChallenge();
    assert.deepEqual(failures(), []);
  });

  async function newChallenge(): Promise<string> {
    const answer = await signIn(lab.portal, { email, password: 'temporary' });
    assert.ok(answer.kind === 'newPasswordRequired');
    return answer.challenge;
  }

  function failures(): readonly unknown[] {
    return query(lab.database, 'SELECT * FROM sign_in_failures').all();
  }
});
