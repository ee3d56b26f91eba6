import { ComparedManifests } from '../../src/core/compare/comparedManifests.js';
import type { ComparedFilter } from '../../src/core/compare/manifestComparison.js';
import { bytesSource } from '../../src/core/manifest/byteSource.js';
import { ManifestDocument } from '../../src/core/manifest/manifestDocument.js';
import type { Handlers } from '../../src/protocol/channel.js';
import type { ComparedWith, ManifestEditor, Picture } from '../../src/protocol/manifestEditor.js';
import { builtKernel } from './kernelProgram.js';

/** Another manifest, or without a text another attribute of the same one; and what of the page's wishes was heard. */
export interface ComparedText {
  readonly text?: string;
  /** The page must ask for it first. */
  isChosen: boolean;
  readonly attributes?: ComparedWith['attributes'];
  /** Comparing fails while there is a reason here. */
  failure?: string;
  readonly heard: string[];
  /** The list that commands would work with. */
  shown?: ComparedFilter | undefined;
}

type ComparisonHandlers = Pick<
  Handlers<ManifestEditor>,
  { [M in keyof Handlers<ManifestEditor>]: M extends `compare.${string}` ? M : never }[keyof Handlers<ManifestEditor>]
>;

interface ComparisonOptions {
  readonly compared?: ComparedText;
  readonly picture?: (line: number) => Picture;
}

/**
 * What the extension host does for a comparison, over texts in memory: it reads again only what has changed, and rows
 * are there for who asks before the page has compared.
 */
export function comparisonHandlers(
  here: () => ManifestDocument,
  { compared, picture }: ComparisonOptions,
): ComparisonHandlers {
  let chosen = compared?.attributes ?? { here: undefined, there: undefined };
  let ready: { readonly own: ManifestDocument; readonly manifests: ComparedManifests } | undefined;
  let running: Promise<unknown> | undefined;
  const heard = (name: string) => compared?.heard.push(name);
  const compare = async (attributes: ComparedWith['attributes'], signal: AbortSignal) => {
    if (compared?.failure !== undefined) {
      throw new Error(compared.failure);
    }
    const own = here();
    const manifests =
      ready?.own === own
        ? ready.manifests
        : new ComparedManifests(own, compared?.text === undefined ? own : await scanned(compared.text));
    signal.throwIfAborted();
    const result = await manifests.compare(attributes, () => undefined, signal);
    ready = { own, manifests };
    return { result, manifests };
  };
  const run = (attributes: ComparedWith['attributes'], signal: AbortSignal) => {
    chosen = attributes;
    const before = running ?? Promise.resolve();
    const next = before.catch(() => undefined).then(() => compare(attributes, signal));
    running = next;
    return next;
  };
  /** Where the page has given up what was under way, it is done for who asks. */
  const comparedManifests = async (signal: AbortSignal): Promise<ComparedManifests> => {
    await running?.catch(() => undefined);
    return (ready ?? (await run(chosen, signal))).manifests;
  };
  return {
    'compare.read': async () => (compared?.isChosen === true ? comparedWith(compared) : undefined),
    'compare.choose': async () => void heard('choose'),
    'compare.run': async (attributes, signal) => (await run(attributes, signal)).result,
    'compare.rows': async ({ filter, first, count }, signal) =>
      (await comparedManifests(signal)).rows(filter, first, count, signal),
    'compare.place': async ({ filter, line }, signal) => (await comparedManifests(signal)).placeOf(filter, line),
    'compare.picture': async ({ line }) =>
      picture?.(line) ?? { kind: 'missing', cause: 'notFound', reason: 'It is gone.' },
    'compare.open': async ({ line }) => void heard(`open ${line ?? 'all'}`),
    'compare.swap': async () => void heard('swap'),
    'compare.show': async ({ filter }) => {
      if (compared) {
        compared.shown = filter;
      }
    },
    'compare.close': async () => void heard('close'),
  };
}

export function comparedWith({ text, attributes }: ComparedText): ComparedWith {
  return {
    name: text === undefined ? 'output.manifest' : 'earlier.manifest',
    place: 's3://bucket/earlier.manifest',
    isSameManifest: text === undefined,
    attributes: attributes ?? { here: undefined, there: undefined },
  };
}

async function scanned(text: string): Promise<ManifestDocument> {
  const document = new ManifestDocument(bytesSource(new TextEncoder().encode(text)), await builtKernel());
  const scan = document.scan(new AbortController().signal);
  while ((await scan.next()).done !== true);
  return document;
}
