import { randomInt } from 'node:crypto';

const lowerCase = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

export const alphabets = {
  digitsAndLetters: `${digits}${lowerCase}${lowerCase.toUpperCase()}`,
  digitsAndLowerCase: `${digits}${lowerCase}`,
  digitsAndUpperCase: `${digits}${lowerCase.toUpperCase()}`,
} as const;

export function randomText(length: number, alphabet: string): string {
  let text = '';
  while (text.length < length) {
    text += alphabet.charAt(randomInt(alphabet.length));
  }
  return text;
}
