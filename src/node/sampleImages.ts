import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';

interface SampleImage {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const downloadTimeoutMs = 6_000;
const largestArchiveBytes = 100_000_000;

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
    if (!response.ok || Number(response.headers.get('content-length')) > largestArchiveBytes) {
      return [];
    }
    return pictures(new Uint8Array(await response.arrayBuffer()));
  } catch {
    signal.throwIfAborted();
    return []; // No network, or the lab is no longer where it was: there are pictures on board.
  }
}

/** Only names are taken from the archive, no paths, so that nothing can be written outside the folder. */
function pictures(archive: Uint8Array): readonly SampleImage[] {
  const entries = unzipSync(archive, { filter: ({ name }) => isPicture(name) && !name.startsWith('__MACOSX/') });
  return Object.entries(entries).map(([path, bytes]) => ({ name: basename(path.replaceAll('\\', '/')), bytes }));
}

async function bundled(folder: string): Promise<readonly SampleImage[]> {
  const names = (await readdir(folder)).filter(isPicture);
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
}

function isPicture(name: string): boolean {
  return /\.(?:jpe?g|png)$/iu.test(name);
}
