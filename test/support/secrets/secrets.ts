/** Texts that nobody may find where they are not meant to be: as they are, or written as URLs, JSON, HTML or base64. */
export class Secrets {
  readonly #forms = new Map<string, readonly string[]>();

  add(name: string, secret: string): void {
    if (secret.length < 6) {
      throw new Error(`"${name}" is so short that it would be found by chance.`);
    }
    this.#forms.set(name, [...new Set(formsOf(secret))]);
  }

  get names(): readonly string[] {
    return [...this.#forms.keys()];
  }

  /** The names of those that stand in it. */
  foundIn(written: string | Uint8Array): readonly string[] {
    const text = typeof written === 'string' ? written : Buffer.from(written).toString('latin1');
    const unbroken = text.replaceAll(/[\r\n]+/gu, ''); // Mails break their base64 into lines.
    return [...this.#forms].flatMap(([name, forms]) =>
      forms.some((form) => text.includes(form) || unbroken.includes(form)) ? [name] : [],
    );
  }
}

function formsOf(secret: string): readonly string[] {
  const url = encodeURIComponent(secret);
  const form = new URLSearchParams({ a: secret }).toString().slice('a='.length);
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const lowerCase = [url, form].map((text) => text.replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase()));
  const whole = [secret, url, form, ...lowerCase, html, JSON.stringify(secret).slice(1, -1)];
  return [...whole, ...[0, 1, 2].flatMap((offset) => base64At(secret, offset))];
}

/** What base64 has of a text that begins so many bytes into a longer one: without what its neighbors share. */
function base64At(secret: string, offset: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const [from, to] = [Math.ceil((offset * 4) / 3), Math.floor((bytes.length * 4) / 3)];
  return (['base64', 'base64url'] as const).map((encoding) => bytes.toString(encoding).slice(from, to));
}
