const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

// XML 1.0 has no way to write these, not even as a reference: control characters, halves of characters, U+FFFE, U+FFFF.
const unwritable = /(?![\t\n\r\u007F-\u009F])\p{Cc}|\p{Surrogate}|[\uFFFE\uFFFF]/gu;

/** A text between tags or in a quoted attribute; what XML cannot hold becomes a replacement character. */
export function escapeXml(text: string): string {
  return text.replace(unwritable, '\uFFFD').replace(/[&<>"'\t\n\r]/gu, (character) => entities[character] ?? character);
}
