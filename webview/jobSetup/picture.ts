import { html, LitElement, type TemplateResult } from 'lit';
import { formatS3Uri, objectName, type S3Uri } from '../../src/core/s3Uri.js';
import type { Client } from '../../src/protocol/channel.js';
import type { JobSetup, PictureBytes } from '../../src/protocol/jobSetup.js';

/** Pictures of this page, each fetched once. */
export class Pictures {
  readonly #client: Client<JobSetup>;
  readonly #fetched = new Map<string, Promise<{ readonly url: string } & PictureBytes>>();

  constructor(client: Client<JobSetup>) {
    this.#client = client;
  }

  get(uri: S3Uri): Promise<{ readonly url: string } & PictureBytes> {
    const name = formatS3Uri(uri);
    const known = this.#fetched.get(name);
    if (known !== undefined) {
      return known;
    }
    const fetching = this.#fetch(uri);
    this.#fetched.set(name, fetching);
    fetching.catch(() => this.#fetched.delete(name)); // So that another look tries again.
    return fetching;
  }

  async #fetch(uri: S3Uri) {
    const picture = await this.#client.call('picture.read', uri);
    return { ...picture, url: URL.createObjectURL(new Blob([picture.bytes], { type: picture.contentType })) };
  }
}

/** An object's picture, or why it cannot be shown. */
export class PictureElement extends LitElement {
  static pictures: Pictures | undefined;

  static override properties = { uri: { attribute: false }, alternative: {} };
  declare uri: S3Uri | undefined;
  declare alternative: string | undefined;
  #shown = '';
  #isSeen = false;
  /** Of many pictures in a list that scrolls, or that is folded away, only those that are seen are fetched. */
  readonly #sight = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) {
      this.#sight.disconnect();
      this.#isSeen = true;
      this.requestUpdate();
    }
  });
  #state: { readonly url?: string; readonly problem?: string } = {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight.observe(this);
  }

  override disconnectedCallback(): void {
    this.#sight.disconnect();
    super.disconnectedCallback();
  }

  protected override createRenderRoot(): this {
    return this; // The page's own styles and icons apply.
  }

  protected override render(): TemplateResult {
    const name = this.uri === undefined ? '' : objectName(this.uri);
    if (this.#state.problem !== undefined) {
      return html`<span class="broken" title=${this.#state.problem}
        ><span class="codicon codicon-warning" aria-hidden="true"></span>${this.#state.problem}</span
      >`;
    }
    return this.#state.url === undefined
      ? html`<span class="loading"></span>`
      : html`<img
          src=${this.#state.url}
          alt=${this.alternative ?? name}
          @error=${() => this.#show({ problem: 'This is no picture' })}
        />`;
  }

  protected override updated(): void {
    const name = this.uri === undefined ? '' : formatS3Uri(this.uri);
    if (this.#isSeen && name !== this.#shown) {
      this.#shown = name;
      this.#show({});
      void this.#load(name);
    }
  }

  async #load(name: string): Promise<void> {
    if (this.uri === undefined || PictureElement.pictures === undefined) {
      return;
    }
    try {
      const { url } = await PictureElement.pictures.get(this.uri);
      if (name === this.#shown) {
        this.#show({ url });
      }
    } catch (error) {
      if (name === this.#shown) {
        this.#show({ problem: error instanceof Error ? error.message : String(error) });
      }
    }
  }

  #show(state: { readonly url?: string; readonly problem?: string }): void {
    this.#state = state;
    this.requestUpdate();
  }
}
