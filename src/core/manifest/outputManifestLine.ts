import type { JsonValue } from '../json.js';

export interface Attribute {
  readonly name: string;
  readonly value: JsonValue;
}

/**
 * The input line with the job's attributes at its end; attributes of the same names are replaced. The others keep
 * their order and every digit and escape, which parsing and writing anew would not do; only white space goes.
 * `line` must be a JSON object.
 */
export function outputLine(line: string, attributes: readonly Attribute[]): string {
  const replaced = new Set(attributes.map(({ name }) => name));
  const kept = compactMembers(line).filter(({ name }) => !replaced.has(name));
  const added = attributes.map(({ name, value }) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${[...kept.map(({ text }) => text), ...added].join(',')}}`;
}

/** A line of an object that got no label. One that is no JSON object cannot take an attribute: it is left out. */
export function failedLine(line: string, attribute: Attribute): string {
  return outputLine(isJsonObject(line) ? line : '{}', [attribute]);
}

function isJsonObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

interface Member {
  readonly name: string;
  /** `"name":value` without white space. */
  readonly text: string;
}

function compactMembers(object: string): readonly Member[] {
  const members: Member[] = [];
  let text = '';
  let depth = 0;
  for (const token of object.match(tokens) ?? []) {
    const isOutermost = depth === (token === '}' || token === ']' ? 1 : 0);
    depth += token === '{' || token === '[' ? 1 : token === '}' || token === ']' ? -1 : 0;
    if (isOutermost) {
      continue; // The braces of the object itself.
    }
    if (depth === 1 && token === ',') {
      members.push(member(text));
      text = '';
    } else {
      text += token;
    }
  }
  return text === '' ? members : [...members, member(text)];
}

/** Strings whole, structure by the character, and what is left: numbers and words. White space matches nothing. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gu;

function member(text: string): Member {
  const [name = '""'] = /^"(?:[^"\\]|\\.)*"/u.exec(text) ?? [];
  return { name: JSON.parse(name) as string, text };
}
