const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const characters: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(entities).map(([character, entity]) => [entity, character])),
  '&#x27;': "'",
  '&apos;': "'",
};

/** Makes text safe between tags and inside quoted attributes, as Ground Truth does with all that a template prints. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}

/** Escapes what is not an entity yet. */
export function escapeHtmlOnce(text: string): string {
  return text.replace(/&(?:#\d+|#x[\da-f]+|[a-z]\w*);|[&<>"']/giu, (match) => entities[match] ?? match);
}

export function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos|#39|#x27);/gu, (entity) => characters[entity] ?? entity);
}
