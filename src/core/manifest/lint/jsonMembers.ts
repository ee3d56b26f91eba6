/** A member of an object, with its places in the text; ends are exclusive. */
export interface JsonMember {
  readonly name: string;
  /** With the quotes. */
  readonly nameRange: OffsetRange;
  readonly valueRange: OffsetRange;
}

export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/** The members of the object that the text is, in their order, also those whose name comes twice. */
export function objectMembers(text: string): readonly JsonMember[] {
  return items(text).flatMap((item) => {
    const [name] = /^"(?:[^"\\]|\\.)*"/su.exec(text.slice(item.start, item.end)) ?? [];
    if (name === undefined) {
      return [];
    }
    const colon = text.indexOf(':', item.start + name.length);
    return [
      {
        name: JSON.parse(name) as string,
        nameRange: { start: item.start, end: item.start + name.length },
        valueRange: withoutSpace(text, { start: colon + 1, end: item.end }),
      },
    ];
  });
}

/** The elements of the list that the text is. */
export function arrayElements(text: string): readonly OffsetRange[] {
  return items(text).filter(({ start, end }) => end > start);
}

/** What stands between the outermost brackets, parted at the commas that belong to them. The text must be JSON. */
function items(text: string): readonly OffsetRange[] {
  const found: OffsetRange[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/gsu)) {
    if (token === '{' || token === '[') {
      depth += 1;
      start = depth === 1 ? index + 1 : start;
    } else if (token === '}' || token === ']') {
      depth -= 1;
    }
    if ((depth === 0 && token !== ',') || (depth === 1 && token === ',')) {
      found.push(withoutSpace(text, { start, end: index }));
      start = index + 1;
    }
  }
  return found;
}

function withoutSpace(text: string, { start, end }: OffsetRange): OffsetRange {
  const part = text.slice(start, end);
  const leading = part.length - part.trimStart().length;
  return { start: start + leading, end: Math.max(start + leading, end - (part.length - part.trimEnd().length)) };
}
