/** An object that is spread over several lines, as in pretty-printed samples, while its lines come in. */
export class SpreadObject {
  readonly #texts: string[] = [];
  #characters = 0;
  #depth = 0;

  constructor(firstLine: string) {
    this.addLine(firstLine);
  }

  get lines(): number {
    return this.#texts.length;
  }

  get texts(): readonly string[] {
    return this.#texts;
  }

  /** The lines as one; it may end in a comma. */
  get text(): string {
    return this.#texts.join('\n');
  }

  /** Whether a line that is no JSON by itself leaves an object open, outside of any string. */
  static mayBeginWith(text: string): boolean {
    return /^\s*\{/u.test(text) && (bracketBalance(text) ?? 0) > 0;
  }

  addLine(text: string): 'open' | 'closed' | 'hopeless' {
    this.#texts.push(text);
    this.#characters += text.length;
    const balance = bracketBalance(text);
    if (balance === undefined || this.#texts.length > mostLines || this.#characters > mostCharacters) {
      return 'hopeless';
    }
    this.#depth += balance;
    return this.#depth > 0 ? 'open' : 'closed';
  }
}

const mostLines = 10_000;
const mostCharacters = 4_000_000;

/** How many brackets the line opens more than it closes; `undefined` where it ends inside a string. */
function bracketBalance(text: string): number | undefined {
  let balance = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      at += character === '\\' ? 1 : 0;
      isInString = character !== '"';
    } else if (character === '"') {
      isInString = true;
    } else if (character === '{' || character === '[') {
      balance++;
    } else if (character === '}' || character === ']') {
      balance--;
    }
  }
  return isInString ? undefined : balance;
}
