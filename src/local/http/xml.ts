/**
 * What an element holds: text; elements by name, in order, where an array repeats its name; `@name` is an attribute,
 * `#text` the text of an element that has attributes.
 * What is `undefined` is left out.
 */
export type XmlContent =
  string | number | boolean | undefined | readonly XmlContent[] | { readonly [name: string]: XmlContent };

export function xmlDocument(name: string, content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement(name, content)}`;
}

export function xmlElement(name: string, content: XmlContent): string {
  if (content === undefined) {
    return '';
  }
  if (isArray(content)) {
    return content.map((item) => xmlElement(name, item)).join('');
  }
  if (typeof content !== 'object') {
    return `<${name}>${textOf(content)}</${name}>`;
  }
  let attributes = '';
  let children = '';
  for (const [key, value] of Object.entries(content)) {
    if (key.startsWith('@')) {
      attributes += ` ${key.slice(1)}="${textOf(value)}"`;
    } else if (key === '#text') {
      children += textOf(value);
    } else {
      children += xmlElement(key, value);
    }
  }
  return `<${name}${attributes}>${children}</${name}>`;
}

function isArray(content: XmlContent): content is readonly XmlContent[] {
  return Array.isArray(content);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The text of what is no element; elements where text must be are a mistake, and show. */
function textOf(content: XmlContent): string {
  return escapeXml(typeof content === 'string' ? content : (JSON.stringify(content) ?? ''));
}

function escapeXml(text: string): string {
  // Characters that XML cannot hold go as references all the same: S3 does so, and its clients ask for url encoding.
  // oxlint-disable-next-line no-control-regex -- These are the characters meant.
  return text.replaceAll(/[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]/gu, (character) => {
    return entities[character] ?? `&#${character.charCodeAt(0)};`;
  });
}
