export type Page = 'labeling' | 'manifest' | 'jobSetup' | 'doctor';

export interface PageSource {
  /** What VS Code serves its pages' files from, as a Content-Security-Policy names it. */
  readonly cspSource: string;
  /** The address of a file of `dist/webview`. */
  readonly asset: (name: string) => string;
  readonly language: string;
  /** New for each document. */
  readonly nonce: string;
}

/** The document of a page: its script and styles, and nothing that came from data. */
export function pageDocument(page: Page, source: PageSource): string {
  const { asset, language, nonce } = source;
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta http-equiv="Content-Security-Policy" content="${policies[page](source)}" />
    <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${asset('codicon.css')}" />
    <link rel="stylesheet" href="${asset('page.css')}" />
    <link rel="stylesheet" href="${asset(`${page}.css`)}" />
    <script type="module" nonce="${nonce}" src="${asset(`${page}.js`)}"></script>
  </head>
  <body></body>
</html>`;
}

const policies: { readonly [P in Page]: (source: PageSource) => string } = {
  labeling: taskPolicy,
  manifest: decodingPolicy,
  jobSetup: taskPolicy,
  doctor: ownPolicy,
};

function ownPolicy({ cspSource, nonce }: PageSource): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} blob: data:`,
  ].join('; ');
}

/** Of a page that decodes pictures in a thread of its own, which inherits the policy: it reaches nothing. */
function decodingPolicy(source: PageSource): string {
  return `${ownPolicy(source)}; worker-src blob:`;
}

/**
 * Of a page that has worker task templates in sandboxed frames. A frame made from text inherits the page's policy and
 * can only tighten it, so what templates need has to be allowed here; the frame takes `cspSource` away again. Nothing
 * in it reaches the network.
 */
function taskPolicy({ cspSource }: PageSource): string {
  return [
    `default-src 'none'`,
    `script-src ${cspSource} 'unsafe-inline' 'unsafe-eval' blob: data:`,
    `style-src ${cspSource} 'unsafe-inline' blob: data:`,
    `font-src ${cspSource} blob: data:`,
    `img-src ${cspSource} blob: data:`,
    `media-src blob: data:`,
    `connect-src blob: data:`,
    `frame-src 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
}
