/** An element as it was read; names come without their namespace prefix. */
export class XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;

  constructor(name: string, attributes: ReadonlyMap<string, string>, children: readonly XmlElement[], text: string) {
    this.name = name;
    this.attributes = attributes;
    this.children = children;
    this.text = text;
  }

  child(name: string): XmlElement | undefined {
    return this.children.find((child) => child.name === name);
  }

  all(name: string): readonly XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  /** The text of the child with this name. */
  value(name: string): string | undefined {
    return this.child(name)?.text;
  }
}

const deepest = 32;
const startTag = /<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/uy;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const skipped = /(?:\s+|<\?[^]*?\?>|<!--[^]*?-->)*/uy;
const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Reads one small document, such as S3's requests have. `undefined` where it is not well formed; document types, and
 * with them entities of one's own, are not.
 */
export function readXml(text: string): XmlElement | undefined {
  try {
    return new Reader(text.replace(/^\uFEFF/u, '')).document();
  } catch (error) {
    if (error instanceof XmlSyntaxError) {
      return undefined;
    }
    throw error;
  }
}

class XmlSyntaxError extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): XmlElement {
    this.#match(skipped);
    const root = this.#element(1);
    this.#match(skipped);
    if (this.#at < this.#text.length) {
      throw new XmlSyntaxError();
    }
    return root;
  }

  #element(depth: number): XmlElement {
    const tag = this.#match(startTag);
    const [, name, attributes, selfClosing] = tag ?? [];
    if (name === undefined || depth > deepest) {
      throw new XmlSyntaxError();
    }
    const { children, text } = selfClosing === '/' ? { children: [], text: '' } : this.#content(name, depth);
    return new XmlElement(localName(name), attributesOf(attributes ?? ''), children, text);
  }

  #content(name: string, depth: number): { readonly children: readonly XmlElement[]; readonly text: string } {
    const children: XmlElement[] = [];
    let text = '';
    for (;;) {
      text += decode(this.#until('<'));
      if (this.#starts('</')) {
        this.#at += 2;
        if (this.#until('>').trim() !== name) {
          throw new XmlSyntaxError();
        }
        this.#at += 1;
        return { children, text };
      }
      if (this.#starts('<!--')) {
        this.#until('-->');
        this.#at += 3;
      } else if (this.#starts('<![CDATA[')) {
        this.#at += 9;
        text += this.#until(']]>');
        this.#at += 3;
      } else {
        children.push(this.#element(depth + 1));
      }
    }
  }

  #starts(mark: string): boolean {
    return this.#text.startsWith(mark, this.#at);
  }

  /** The text up to the mark, which comes next then. */
  #until(mark: string): string {
    const start = this.#at;
    this.#at = this.#text.indexOf(mark, start);
    if (this.#at < 0) {
      throw new XmlSyntaxError();
    }
    return this.#text.slice(start, this.#at);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(attribute)];
  return new Map(found.map(([, name = '', double, single]) => [name, decode(double ?? single ?? '')]));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function decode(text: string): string {
  return text.replaceAll(/&([^;]*);?/gu, (_, reference: string) => {
    const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/iu.exec(reference) ?? [];
    const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const character = codePoint <= 0x10_ff_ff ? String.fromCodePoint(codePoint) : entities.get(reference);
    if (character === undefined) {
      throw new XmlSyntaxError();
    }
    return character;
  });
}
