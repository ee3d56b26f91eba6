import { readLine } from '../manifest/lineReading.js';
import { asObject, parseLine } from '../manifest/parseLine.js';
import { parseS3Uri, type S3Uri } from '../s3Uri.js';

/** The lines of an input manifest that are made of another manifest's: those that a labeling job can take. */
export class RelabelInput {
  readonly #lines: string[] = [];
  #leftOut = 0;
  /** A bucket of one of the objects. */
  #bucket: string | undefined;

  get objects(): number {
    return this.#lines.length;
  }

  /** Lines that name no object in a bucket: a labeling job reads nothing else. */
  get leftOut(): number {
    return this.#leftOut;
  }

  get bucket(): string | undefined {
    return this.#bucket;
  }

  /** The line stays as it is, with its labels: a chained job keeps them beside its own. */
  add(text: string): void {
    const parsed = parseLine(text);
    const value = asObject(parsed);
    const source = value && readLine(value).source;
    const uri = source?.kind === 'object' ? parseS3Uri(source.value) : undefined;
    if (value === undefined || uri === undefined) {
      this.#leftOut += 1;
      return;
    }
    this.#bucket ??= uri.bucket;
    const isAsItShouldBe = parsed.kind === 'value' && !parsed.hasTrailingComma && !text.includes('\n');
    this.#lines.push(isAsItShouldBe ? text.trim() : JSON.stringify(value));
  }

  manifest(): Uint8Array {
    return new TextEncoder().encode(this.#lines.map((line) => `${line}\n`).join(''));
  }
}

/**
 * Where such a manifest is put unless somebody says otherwise: beside the job whose output it was made of, or else at
 * the top of the objects' bucket. `now` goes into the name, so that none takes another's place.
 */
export function relabelKey(manifest: S3Uri | undefined, now: Date): string {
  const root = /^(.*\/|)[^/]+\/manifests\/(?:output|intermediate\/\d+)\/[^/]+$/su.exec(manifest?.key ?? '')?.[1] ?? '';
  const time = now.toISOString().replaceAll(/[-:]|\.\d+Z$/gu, '');
  return `${root}relabel-${time}.manifest`;
}
