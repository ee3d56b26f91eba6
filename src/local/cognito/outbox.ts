import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly sentAt: Date;
}

/** Where mail goes that AWS would send. */
export interface Outbox {
  /** On disk when it returns. */
  send(mail: Mail): void;
}

/** One `.eml` file a mail, whose names sort by time. */
export function folderOutbox(folder: string): Outbox {
  return {
    send(mail) {
      if (mkdirSync(folder, { recursive: true }) !== undefined) {
        syncFolder(dirname(folder));
      }
      const name = `${mail.sentAt.toISOString().replaceAll(':', '-')}_${randomUUID()}`;
      const unfinished = join(folder, `.${name}.tmp`);
      writeDurably(unfinished, formatMail(mail, name));
      renameSync(unfinished, join(folder, `${name}.eml`));
      syncFolder(folder);
    },
  };
}

/** RFC 5322. The body is base64, so that no line is too long and no character is lost on the way. */
export function formatMail({ to, subject, html, sentAt }: Mail, id: string): string {
  const body = Buffer.from(html).toString('base64').replaceAll(/.{76}/gu, '$&\r\n');
  return [
    'From: <no-reply@verificationemail.com>',
    `To: <${singleLine(to)}>`,
    `Subject: ${encodedHeader(subject)}`,
    `Date: ${sentAt.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@verificationemail.com>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=UTF-8',
    'Content-Transfer-Encoding: base64',
    '',
    body,
    '',
  ].join('\r\n');
}

/** RFC 2047, in words of at most 75 characters, cut between characters. */
function encodedHeader(text: string): string {
  const line = singleLine(text);
  if (/^[\x20-\x7e]{0,60}$/u.test(line)) {
    return line;
  }
  const words: string[] = [];
  let word = '';
  for (const character of line) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');
}

// A line break in an address or subject would start a header of the sender's choice.
function singleLine(text: string): string {
  return text.replaceAll(/[\r\n]+/gu, ' ');
}

function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') {
    return; // A folder cannot be opened there; the file system keeps renames in order by itself.
  }
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
