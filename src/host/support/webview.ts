import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Port } from '../../protocol/channel.js';

export type Page = 'labeling' | 'manifest' | 'jobSetup';

export function webviewPort(webview: vscode.Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}

/** Only what was built for pages can be loaded by one. */
export function pageOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist', 'webview')] };
}

/** The document of a page: its script and styles, and nothing that came from data. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, page: Exclude<Page, 'labeling'>): string {
  const asset = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview', name)).toString();
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} blob: data:`,
  ].join('; ');
  return `<!doctype html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${asset('codicon.css')}" />
    <link rel="stylesheet" href="${asset('page.css')}" />
    <link rel="stylesheet" href="${asset(`${page}.css`)}" />
    <script type="module" nonce="${nonce}" src="${asset(`${page}.js`)}"></script>
  </head>
  <body></body>
</html>`;
}
