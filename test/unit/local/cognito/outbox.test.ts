import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderOutbox, formatMail } from '../../../../src/local/cognito/outbox.js';
import { temporaryPassword } from '../../../../src/local/cognito/passwords.js';

const sentAt = new Date('2026-11-23T10:00:00.123Z');

describe('the outbox', () => {
  it('has one file a mail, whose names sort by time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'outbox-'));
    try {
      const outbox = folderOutbox(join(folder, 'outbox'));
      outbox.send({ to: 'later@example.org', subject: 's', html: 'h', sentAt: new Date('2026-11-23T10:00:01Z') });
      outbox.send({ to: 'first@example.org', subject: 's', html: 'h', sentAt });
      const names = (await readdir(join(folder, 'outbox'))).toSorted();
      assert.equal(names.length, 2);
      assert.match(names[0] ?? '', /^2026-11-23T10-00-00\.123Z_[\da-f-]{36}\.eml$/u);
      assert.match(await readFile(join(folder, 'outbox', names[0] ?? ''), 'utf8'), /^To: <first@example\.org>\r$/mu);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('writes mail as RFC 5322 has it', () => {
    const html = `<p>${'Käse '.repeat(30)}</p>`;
    const mail = formatMail({ to: 'a@example.org', subject: 'Welcome', html, sentAt }, 'id');
    const [head = '', body = ''] = mail.split('\r\n\r\n');
    assert.deepEqual(head.split('\r\n'), [
      'From: <no-reply@verificationemail.com>',
      'To: <a@example.org>',
      'Subject: Welcome',
      'Date: Mon, 23 Nov 2026 10:00:00 +0000',
      'Message-ID: <id@verificationemail.com>',
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=UTF-8',
      'Content-Transfer-Encoding: base64',
    ]);
    assert.ok(body.split('\r\n').every((line) => line.length <= 76));
    assert.equal(Buffer.from(body, 'base64').toString(), html);
  });

  it('keeps a subject whole that is long and foreign, and no line break in it', () => {
    const subject = `Grüße 🐕 ${'lang '.repeat(30)}\r\nBcc: all@example.org`;
    const mail = formatMail({ to: 'a@example.org', subject, html: '', sentAt }, 'id');
    assert.ok(!/^Bcc:/mu.test(mail));
    const [, encoded = ''] = /Subject: ((?:=\?UTF-8\?B\?.+\?=(?:\r\n )?)+)/u.exec(mail) ?? [];
    const words = encoded.split('\r\n ').map((word) => /^=\?UTF-8\?B\?(.+)\?=$/u.exec(word)?.[1] ?? '');
    assert.ok(words.every((word) => word.length <= 62));
    assert.equal(words.map((word) => Buffer.from(word, 'base64').toString()).join(''), subject.replace('\r\n', ' '));
  });
});

describe('a temporary password', () => {
  it('keeps to every policy and is another each time', () => {
    const passwords = Array.from({ length: 200 }, () => temporaryPassword(8));
    assert.equal(new Set(passwords).size, passwords.length);
    for (const password of passwords) {
      assert.match(password, /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!@#%*?])[^\s<>&"]{10}$/u);
    }
    assert.equal(temporaryPassword(20).length, 20);
  });
});
