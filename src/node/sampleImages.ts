import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';

interface SampleImage {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const downloadTimeoutMs = 6_000;
const largestArchiveBytes = 100_000_000;
const largestPictureBytes = 40_000_000; // As large as one to be labeled may be.
const largestPicturesBytes = 200_000_000; // Of all together, when they are unpacked.

/** The lab's pictures, from its address where it answers soon, else those of `folder`. */
export async function getSampleImages(
  url: string,
  folder: string,
  signal: AbortSignal,
): Promise<{ readonly files: readonly SampleImage[]; readonly isBundled: boolean }> {
  const downloaded = url === '' ? [] : await download(url, signal);
  return downloaded.length > 0
    ? { files: downloaded, isBundled: false }
    : { files: await bundled(folder), isBundled: true };
}

async function download(url: string, signal: AbortSignal): Promise<readonly SampleImage[]> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(downloadTimeoutMs)]) });
    const archive = response.ok ? await readUpTo(largestArchiveBytes, response) : undefined;
    return archive ? pictures(archive) : [];
  } catch {
    signal.throwIfAborted();
    return []; // No network, or the lab is no longer where it was: there are pictures on board.
  }
}

/** Counts what comes: what is announced may be wrong, or not announced at all. */
async function readUpTo(mostBytes: number, { body }: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      return undefined; // Leaving the loop ends the download.
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Only names are taken from the archive, no paths, so that nothing can be written outside the folder. */
function pictures(archive: Uint8Array): readonly SampleImage[] {
  let room = largestPicturesBytes;
  const entries = unzipSync(archive, {
    filter({ name, originalSize }) {
      // A few bytes can be packed that would fill the memory.
      const isSmall = originalSize <= Math.min(largestPictureBytes, room);
      const isWanted = isSmall && isPicture(name) && !name.startsWith('__MACOSX/');
      room -= isWanted ? originalSize : 0;
      return isWanted;
    },
  });
  return Object.entries(entries).map(([path, bytes]) => ({ name: basename(path.replaceAll('\\', '/')), bytes }));
}

async function bundled(folder: string): Promise<readonly SampleImage[]> {
  const names = (await readdir(folder)).filter(isPicture);
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
}

function isPicture(name: string): boolean {
  return /\.(?:jpe?g|png)$/iu.test(name);
}
