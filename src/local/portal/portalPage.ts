import { randomBytes } from 'node:crypto';
import { framePolicy } from '../../core/portal/frameDocument.js';
import { type PageFiles, taskFrameName } from './pageFiles.js';
import { portalPath } from './portalPath.js';

export interface PortalDocument {
  readonly html: string;
  /** For the header `Content-Security-Policy`. */
  readonly policy: string;
}

/** Where a file of the page is; it never changes there. */
export function filePath({ version }: Pick<PageFiles, 'version'>, name: string): string {
  return `${portalPath}/files/${version}/${name}`;
}

/**
 * The labeling page of the extension, and what stands in for VS Code around it. It loads its own files and nothing else:
 * not even what lies elsewhere on this origin, which are other people's objects. A worker's task is in a frame from an
 * address of its own, so that what its template may do need not be allowed here.
 */
export function portalDocument(files: Pick<PageFiles, 'version'>, origin: string): PortalDocument {
  const path = (name: string): string => filePath(files, name);
  const own = `${origin}${path('')}`;
  const nonce = randomBytes(16).toString('base64'); // For a style that the controls try the browser with.
  const policy = [
    `default-src 'none'`,
    `script-src ${own}`,
    `style-src ${own} 'nonce-${nonce}'`,
    `font-src ${own}`,
    `img-src data:`,
    `connect-src ${own} ${origin}${portalPath}/api/`,
    `frame-src ${own}${taskFrameName}`,
    `frame-ancestors 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types lit-html fast-html`,
  ].join('; ');
  const html = `<!doctype html>
<html lang="en" data-surroundings="browser" data-task-frame="${path(taskFrameName)}" data-files="${path('')}" data-api="${portalPath}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta property="csp-nonce" content="${nonce}" />
    <title>Labeling portal</title>
    <link rel="icon" href="data:image/svg+xml,${icon}" />
    <link rel="stylesheet" href="${path('portal.css')}" />
    <link rel="stylesheet" href="${path('codicon.css')}" />
    <link rel="stylesheet" href="${path('page.css')}" />
    <link rel="stylesheet" href="${path('labeling.css')}" />
    <script type="module" src="${path('portal.js')}"></script>
    <script type="module" src="${path('labeling.js')}"></script>
  </head>
  <body><noscript>The labeling portal needs JavaScript: allow it for this address, and load the page again.</noscript></body>
</html>
`;
  return { html, policy };
}

/** Of the task's frame, also where it is opened by itself: there it has no origin either. */
export const taskFramePolicy = `sandbox allow-scripts allow-forms; ${framePolicy}; frame-ancestors 'self'`;

/** A label with a hole for its string. */
const icon = encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0078d4" fill-rule="evenodd" d="M2 2h6l6.5 6.5-6 6L2 8zm2.8 1.6a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4"/></svg>`,
);
