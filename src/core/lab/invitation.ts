export interface Invitation {
  readonly email: string;
  readonly temporaryPassword: string;
}

/** Reads the mail with which a worker is invited; `undefined` where the text is none. */
export function parseInvitation(mail: string): Invitation | undefined {
  const text = plainText(mail);
  const [, email] = /User name:\s*(\S+)/u.exec(text) ?? [];
  const [, temporaryPassword] = /Temporary password:\s*(\S+)/u.exec(text) ?? [];
  return email === undefined || temporaryPassword === undefined ? undefined : { email, temporaryPassword };
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['gt', '>'],
  ['lt', '<'],
  ['quot', '"'],
  ['#39', "'"],
]);

function plainText(mail: string): string {
  return mail
    .replaceAll(/<[^<>]*>/gu, '\n')
    .replaceAll(/&(amp|gt|lt|quot|#39);/gu, (all, name: string) => entities.get(name) ?? all);
}
