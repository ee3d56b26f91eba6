import { parseS3Uri, type S3Uri } from '../s3Uri.js';

/** What a labeling job makes of one line of its input manifest. */
export type InputLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'object'; readonly data: InputData; readonly isLabeled: boolean }
  | { readonly kind: 'broken'; readonly reason: string };

interface InputData {
  /** `source-ref`: where the object is. */
  readonly reference?: S3Uri & { readonly text: string };
  /** `source`: the object itself. */
  readonly content?: string;
}

const maximumLineCharacters = 100_000;
const maximumAttributeCharacters = 20_000;

/** An object that already has `labelAttributeName` was labeled by an earlier job: a chained job leaves it as it is. */
export function parseInputLine(line: string, labelAttributeName: string): InputLine {
  if (line.trim() === '') {
    return { kind: 'blank' };
  }
  if (line.length > maximumLineCharacters) {
    return broken(`it has more than ${maximumLineCharacters} characters`);
  }
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return broken('it is not valid JSON');
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return broken('it is not a JSON object');
  }
  const attributes = new Map<string, unknown>(Object.entries(entry));
  const problem = attributesProblem(attributes);
  if (problem !== undefined) {
    return broken(problem);
  }
  const data = inputData(attributes);
  if (data === undefined) {
    return broken('it has neither a "source-ref" with an S3 URI nor a "source" with a text');
  }
  return { kind: 'object', data, isLabeled: attributes.has(labelAttributeName) };
}

function attributesProblem(attributes: ReadonlyMap<string, unknown>): string | undefined {
  for (const [name, value] of attributes) {
    if (name.startsWith('$')) {
      return `the attribute "${name}" begins with "$"`;
    }
    const length = typeof value === 'string' ? value.length : JSON.stringify(value).length;
    if (length > maximumAttributeCharacters) {
      return `the attribute "${name}" has more than ${maximumAttributeCharacters} characters`;
    }
  }
  return undefined;
}

function inputData(attributes: ReadonlyMap<string, unknown>): InputData | undefined {
  const text = attributes.get('source-ref');
  const uri = typeof text === 'string' ? parseS3Uri(text) : undefined;
  const content = attributes.get('source');
  const data = {
    ...(typeof text === 'string' && uri !== undefined && uri.key !== '' && { reference: { ...uri, text } }),
    ...(typeof content === 'string' && content !== '' && { content }),
  };
  return data.reference === undefined && data.content === undefined ? undefined : data;
}

function broken(reason: string): InputLine {
  return { kind: 'broken', reason };
}
