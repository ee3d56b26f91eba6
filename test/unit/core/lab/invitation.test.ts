import assert from 'node:assert/strict';
import { parseInvitation } from '../../../../src/core/lab/invitation.js';
import { formatMail } from '../../../../src/local/cognito/outbox.js';

describe('an invitation', () => {
  const cases = [
    {
      name: "is read in the extension's wording",
      html: '<p>You are invited by Zoë &amp; Co.</p>User name: ana@example.com<br>Temporary password: a&lt;1$&amp;B.<br>Sign in',
      invitation: { email: 'ana@example.com', temporaryPassword: 'a<1$&B.' },
    },
    {
      name: "is read in Cognito's own wording",
      html: 'Your username is ana@example.com and temporary password is Ab1!.x.',
      invitation: { email: 'ana@example.com', temporaryPassword: 'Ab1!.x' },
    },
    { name: 'is not found in some other mail', html: 'Your code is 123456', invitation: undefined },
  ];

  for (const { name, html, invitation } of cases) {
    it(name, () => {
      const mail = { to: 'ana@example.com', subject: 'You are invited', html, sentAt: new Date(0) };
      assert.deepEqual(parseInvitation(formatMail(mail, 'id')), invitation);
    });
  }

  it('is read from a mail that is not encoded', () => {
    const mail = 'To: <ana@example.com>\r\n\r\nUser name: ana@example.com\r\nTemporary password: Ab1!x\r\n';
    assert.deepEqual(parseInvitation(mail), { email: 'ana@example.com', temporaryPassword: 'Ab1!x' });
  });
});
