export interface Invitation {
  readonly email: string;
  readonly temporaryPassword: string;
}

// The extension's own wording, and the one that Cognito uses where a pool has none.
const wordings = [
  /User name:\s*(?<email>\S+)[^]*?Temporary password:\s*(?<password>\S+)/u,
  /Your username is (?<email>\S+) and temporary password is (?<password>\S+)\.(?:\s|$)/u,
];

/** Reads the mail with which a worker is invited; `undefined` where the text is none. */
export function parseInvitation(mail: string): Invitation | undefined {
  const text = plainText(bodyOf(mail));
  for (const wording of wordings) {
    const { email, password: temporaryPassword } = wording.exec(text)?.groups ?? {};
    if (email !== undefined && temporaryPassword !== undefined) {
      return { email, temporaryPassword };
    }
  }
  return undefined;
}

function bodyOf(mail: string): string {
  const [headers = '', ...body] = mail.split(/\r?\n\r?\n/u);
  const text = body.join('\n\n');
  if (!/^Content-Transfer-Encoding:\s*base64\s*$/imu.test(headers)) {
    return text;
  }
  const bytes = Uint8Array.from(atob(text.replaceAll(/\s/gu, '')), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['gt', '>'],
  ['lt', '<'],
  ['quot', '"'],
  ['#39', "'"],
]);

function plainText(html: string): string {
  return html
    .replaceAll(/<[^<>]*>/gu, '\n')
    .replaceAll(/&(amp|gt|lt|quot|#39);/gu, (all, name: string) => entities.get(name) ?? all);
}
