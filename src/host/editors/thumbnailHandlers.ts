import { isPictureShape } from '../../core/manifest/pictureShape.js';
import {
  type KeptThumbnail,
  type ThumbnailCache,
  type ThumbnailSize,
  thumbnailType,
} from '../../core/manifest/thumbnailCache.js';
import type { Handlers } from '../../protocol/channel.js';
import type { ManifestEditor, ThumbnailPicture } from '../../protocol/manifestEditor.js';
import {
  ifSame,
  orMissing,
  type PicturePlace,
  type PictureSource,
  placeOf,
  shownPicture,
  type VersionedBytes,
} from './manifestPictures.js';

/** What may be handed back: more pictures are never on their way at once. */
const mostTickets = 500;

interface ThumbnailDeps {
  readonly pictures: PictureSource;
  readonly lineText: (line: number, signal: AbortSignal) => Promise<string>;
  readonly cache: ThumbnailCache;
}

/** A picture that went out whole, and as what it may come back small. */
interface Ticket extends Pick<KeptThumbnail, 'version'> {
  readonly address: string;
  readonly size: ThumbnailSize;
}

interface ThumbnailsOfPage {
  readonly handlers: Pick<Handlers<ManifestEditor>, 'thumbnail.read' | 'thumbnail.keep'>;
  /** Behind another connection, objects of the same address may be others, or nobody's to read. */
  forget(): void;
}

/**
 * Small pictures for one page: from the disk, or made by the page, whose browser can decode what Node cannot.
 *
 * Whether a picture is still the one that a thumbnail was made of: a file is asked each time, which costs nothing. An
 * object costs a request, but only one, whatever comes out: it is read on the condition that it has another ETag than
 * the thumbnail's, so its bytes come along where they are needed, and nothing does otherwise. That request also tells
 * whether this connection may read the picture at all. Until all is forgotten, it is not asked again.
 */
export function thumbnailHandlers({ pictures, lineText, cache }: ThumbnailDeps): ThumbnailsOfPage {
  let current = new Map<string, string>();
  const tickets = new Map<number, Ticket>();
  let lastTicket = 0;

  const take = (ticket: Ticket): number => {
    lastTicket += 1;
    tickets.set(lastTicket, ticket);
    tickets.delete(lastTicket - mostTickets);
    return lastTicket;
  };

  const whole = (
    place: PicturePlace,
    { reference, size, version, bytes }: VersionedBytes & { readonly reference: string; readonly size: ThumbnailSize },
  ): ThumbnailPicture => {
    const picture = shownPicture(bytes, reference);
    return picture.kind === 'picture'
      ? { ...picture, ticket: take({ address: place.address, size, version }) }
      : picture;
  };

  const readThumbnail = async (
    reference: string,
    size: ThumbnailSize,
    signal: AbortSignal,
  ): Promise<ThumbnailPicture> => {
    const place = placeOf(reference, pictures);
    const { address, costsRequest } = place;
    const known = current; // What is read until all is forgotten says nothing of what comes after.
    const settle = (version: string) => {
      if (costsRequest) {
        known.set(address, version);
      }
    };
    const kept = await cache.find(address, size);
    const contentType = thumbnailType(kept?.bytes);
    if (kept && contentType !== undefined) {
      const read = known.get(address) === kept.version ? undefined : await place.readUnless(kept.version, signal);
      if (!read) {
        settle(kept.version);
        return { kind: 'thumbnail', bytes: kept.bytes, contentType, shape: kept.shape };
      }
      settle(read.version);
      return whole(place, { ...read, reference, size });
    }
    const read = await place.read(signal);
    settle(read.version);
    return whole(place, { ...read, reference, size });
  };

  return {
    handlers: {
      'thumbnail.read': async ({ line, source, size }, signal) =>
        ifSame({ lineText: await lineText(line, signal), source }, (reference) =>
          orMissing(reference, signal, () => readThumbnail(reference, size, signal)),
        ),
      // What the page says is not believed: it cannot choose what its picture stands for, and only a picture is kept.
      'thumbnail.keep': async ({ ticket, bytes, shape }) => {
        const taken = tickets.get(ticket);
        tickets.delete(ticket);
        if (taken && thumbnailType(bytes) !== undefined && isPictureShape(shape)) {
          await cache.keep(taken.address, taken.size, { version: taken.version, shape, bytes });
        }
      },
    },
    forget() {
      current = new Map();
    },
  };
}
