import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Page as PageName, pageDocument } from '../../src/host/support/pageDocument.js';
import { type Contract, type Handlers, type Host, type Port, serve } from '../../src/protocol/channel.js';
import { type Theme, themeClasses, themeStyle } from './themes.js';

export interface OpenOptions<C extends Contract> {
  readonly page: PageName;
  readonly handlers: Handlers<C>;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

export interface OpenedPage<C extends Contract> {
  readonly page: Page;
  /** Emits events to the page. */
  readonly host: Host<C>;
  /** What went wrong in the page: uncaught errors and console errors. */
  readonly problems: readonly string[];
  /** What the page asked of the network beyond its own files. */
  readonly strayRequests: readonly string[];
  readonly close: () => Promise<void>;
}

const built = path.resolve('dist/webview');
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };
const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * Built pages in a real browser, with the host's handlers of a test at the other end of the port: the document, its
 * policy and theme variables are those that a page has in VS Code.
 */
export class PageHarness {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #documents = new Map<string, string>();

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
    server.on('request', (request, response) => {
      const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
      if (name === 'favicon.ico') {
        response.writeHead(204).end(); // What a browser asks of its own accord is no problem of the page.
        return;
      }
      const document = this.#documents.get(name);
      if (document !== undefined) {
        response.setHeader('content-type', 'text/html').end(document);
        return;
      }
      readFile(path.join(built, path.basename(name))).then(
        (bytes) => response.setHeader('content-type', types[name.split('.').at(-1) ?? ''] ?? 'text/plain').end(bytes),
        () => response.writeHead(404).end(),
      );
    });
  }

  static async start(): Promise<PageHarness> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const args = ['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: [...args, '--disable-component-update', '--force-color-profile=srgb'],
    });
    return new PageHarness(server, browser);
  }

  async open<C extends Contract>(options: OpenOptions<C>): Promise<OpenedPage<C>> {
    const { page: name, handlers, theme = 'dark', width = 1280, height = 800 } = options;
    const context = await this.#browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const channel = await portOf(context, page);
    const host = serve<C>(channel.port, handlers);
    const { problems, strayRequests } = watch(page, this.#origin);
    await page.goto(`${this.#origin}/${this.#serve(name, theme)}`);
    return {
      page,
      host,
      problems,
      strayRequests,
      async close() {
        channel.close();
        host.dispose();
        await context.close();
      },
    };
  }

  /** A page of nobody's, for what a test or a measure does by itself. */
  async blankPage(): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: { width: 1_280, height: 800 } });
    return context.newPage();
  }

  async dispose(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get #origin(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  #serve(page: PageName, theme: Theme): string {
    const name = `${page}-${theme}.html`;
    const html = pageDocument(page, {
      cspSource: this.#origin,
      asset: (file) => `${this.#origin}/${file}`,
      language: 'en',
      nonce: randomBytes(16).toString('base64'),
    });
    const style = themeStyle(theme).replaceAll('"', '&quot;');
    const kind = themeClasses[theme];
    this.#documents.set(
      name,
      html
        .replace('<html ', `<html style="${style}" `)
        .replace('<body>', `<body class="${kind}" data-vscode-theme-kind="${kind}">`),
    );
    return name;
  }
}

/** The host's end of a port whose other end is what `acquireVsCodeApi` gives the page. */
async function portOf(context: BrowserContext, page: Page): Promise<{ port: Port; close(): void }> {
  const listeners = new Set<(message: unknown) => void>();
  let isOpen = true;
  await context.exposeBinding('postToHost', (_source, message: unknown) => {
    listeners.forEach((listener) => listener(message));
  });
  // tsx keeps the names of functions with a helper that pages do not have.
  await context.addInitScript('globalThis.__name = (target) => target');
  await context.addInitScript(installVsCodeApi);
  return {
    port: {
      post(message) {
        if (isOpen) {
          const copy: unknown = structuredClone(message); // As the wire does; a Buffer arrives as plain bytes.
          // A page that is just being reloaded loses what is sent to it, as in VS Code.
          void page.evaluate((data) => window.postMessage(data, window.origin), copy).catch(() => undefined);
        }
      },
      onMessage(listener) {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    },
    close() {
      isOpen = false;
    },
  };
}

/** Runs in the page, before its own script. */
function installVsCodeApi(): void {
  if (window !== window.top) {
    return; // A task's frame has no such thing.
  }
  window.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && ['z', 'y', 'p', 'f', 's'].includes(event.key.toLowerCase())) {
      event.preventDefault(); // VS Code does so before any page hears of these keys.
    }
  });
  const { postToHost } = window as unknown as { postToHost: (message: unknown) => Promise<void> };
  const api = {
    postMessage: (message: unknown) => void postToHost(structuredClone(message)),
    getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
  };
  let isTaken = false;
  Object.assign(window, {
    acquireVsCodeApi() {
      if (isTaken) {
        throw new Error('acquireVsCodeApi can be called once only');
      }
      isTaken = true;
      return api;
    },
  });
}

function watch(page: Page, origin: string): { problems: string[]; strayRequests: string[] } {
  const problems: string[] = [];
  const strayRequests: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      problems.push(message.text());
    }
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(?:blob|data|about):/u.test(url)) {
      strayRequests.push(url);
    }
  });
  return { problems, strayRequests };
}
