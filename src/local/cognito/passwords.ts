import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { Turns } from '../../core/turns.js';
import { ServiceError } from '../http/serviceError.js';
import { randomText } from '../identifiers.js';
import type { UserPool } from './userPools.js';

const cost = { N: 16_384, r: 8, p: 1 };
const keyBytes = 32;
/** Each takes 16 MB, which the process keeps, and a thread that files wait for too: a team may sign in all at once. */
const turns = new Turns(4);

/** Salted and slow to guess; the costs stand beside it, so that they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString('base64')}$${key.toString('base64')}`;
}

export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = '', expected = ''] = hash.split('$');
  const key = await derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(key, Buffer.from(expected, 'base64'));
}

/** Takes as long as a real check, so that the time tells nobody which users there are. */
export async function pretendToVerify(password: string): Promise<false> {
  await derive(password, Buffer.alloc(16), cost);
  return false;
}

/** Readable in a mail: no letter that looks like a digit. Keeps to every policy that Cognito knows. */
export function temporaryPassword(length: number): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz';
  const required = [letters, letters.toUpperCase(), '23456789', '!@#%*?'];
  const rest = randomText(Math.max(length, 10) - required.length, letters + letters.toUpperCase() + '23456789');
  const characters = [...required.map((alphabet) => randomText(1, alphabet)), ...rest.split('')];
  const shuffled: string[] = [];
  while (characters.length > 0) {
    shuffled.push(...characters.splice(randomInt(characters.length), 1));
  }
  return shuffled.join('');
}

/** Throws `InvalidPasswordException`, with the reason, where the pool's policy is not kept. */
export function checkPassword(password: string, { settings }: UserPool): void {
  const policy = settings.Policies?.PasswordPolicy ?? {};
  const minimum = Math.max(policy.MinimumLength ?? 8, 6);
  const rules = [
    { isKept: password.length >= minimum, reason: `Password not long enough: at least ${minimum} characters` },
    { isKept: password.length <= 256, reason: 'Password too long: at most 256 characters' },
    {
      isKept: policy.RequireUppercase !== true || /\p{Lu}/u.test(password),
      reason: 'Password must have uppercase characters',
    },
    {
      isKept: policy.RequireLowercase !== true || /\p{Ll}/u.test(password),
      reason: 'Password must have lowercase characters',
    },
    { isKept: policy.RequireNumbers !== true || /\d/u.test(password), reason: 'Password must have numeric characters' },
    {
      isKept: policy.RequireSymbols !== true || /[^\p{L}\d\s]/u.test(password),
      reason: 'Password must have symbol characters',
    },
  ];
  const broken = rules.find(({ isKept }) => !isKept);
  if (broken !== undefined) {
    throw new ServiceError('InvalidPasswordException', `Password did not conform with policy: ${broken.reason}`);
  }
}

async function derive(
  password: string,
  salt: Buffer,
  options: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  return turns.take(
    async () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) => {
          if (error === null) {
            resolve(key);
          } else {
            reject(error);
          }
        });
      }),
  );
}
