import { decodeText } from './dictionary.js';

/** A member of an object whose values are plain, or objects of plain values. */
export interface FlatMember {
  readonly key: string;
  readonly kind: 'string' | 'number' | 'literal' | 'object';
  /** From where to where in the bytes the value stands: a string without its quotes. */
  readonly start: number;
  readonly end: number;
  readonly members: readonly FlatMember[];
}

/**
 * The members of the object that `line` is, which must be valid JSON. `undefined` where it is not that flat, or where
 * its keys are not what they seem: with escapes, or twice.
 */
export function flatMembers(line: Uint8Array): readonly FlatMember[] | undefined {
  const start = skipSpace(line, 0);
  const found = line[start] === openBrace ? readMembers(line, start, 0) : undefined;
  return found?.members;
}

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

interface Members {
  readonly members: readonly FlatMember[];
  /** After the closing brace. */
  readonly end: number;
}

function readMembers(line: Uint8Array, open: number, depth: number): Members | undefined {
  const members: FlatMember[] = [];
  const keys = new Set<string>();
  let at = skipSpace(line, open + 1);
  while (line[at] !== closeBrace) {
    const keyEnd = plainStringEnd(line, at);
    if (keyEnd === undefined) {
      return undefined;
    }
    const key = decodeText(line, at + 1, keyEnd);
    const value = skipSpace(line, skipSpace(line, keyEnd + 1) + 1);
    const member = readMember(line, key, value, depth);
    if (!member || keys.has(key)) {
      return undefined;
    }
    keys.add(key);
    members.push(member);
    at = skipSpace(line, member.kind === 'string' ? member.end + 1 : member.end);
    at = line[at] === comma ? skipSpace(line, at + 1) : at;
  }
  return { members, end: at + 1 };
}

function readMember(line: Uint8Array, key: string, at: number, depth: number): FlatMember | undefined {
  switch (line[at]) {
    case quote: {
      const end = plainStringEnd(line, at);
      return end === undefined ? undefined : { key, kind: 'string', start: at + 1, end, members: [] };
    }
    case openBrace: {
      const inner = depth === 0 ? readMembers(line, at, depth + 1) : undefined;
      return inner && { key, kind: 'object', start: at, end: inner.end, members: inner.members };
    }
    case openBracket:
      return undefined;
    default: {
      let end = at;
      while (isPartOfPlainValue(line[end] ?? comma)) {
        end++;
      }
      const isLiteral = (line[at] ?? 0) >= 0x61; // A letter: true, false or null.
      return { key, kind: isLiteral ? 'literal' : 'number', start: at, end, members: [] };
    }
  }
}

/** Where the closing quote is; `undefined` where there is an escape before it. */
function plainStringEnd(line: Uint8Array, open: number): number | undefined {
  let at = open + 1;
  while (line[at] !== quote) {
    if (line[at] === backslash || at >= line.length) {
      return undefined;
    }
    at++;
  }
  return at;
}

function isPartOfPlainValue(byte: number): boolean {
  return byte > 0x20 && byte !== comma && byte !== closeBrace;
}

function skipSpace(line: Uint8Array, from: number): number {
  let at = from;
  while (at < line.length && (line[at] ?? 0) <= 0x20) {
    at++;
  }
  return at;
}
