import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Port } from '../../protocol/channel.js';
import { type Page, pageDocument } from './pageDocument.js';

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

/** The document of a page in `webview`. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, page: Page): string {
  return pageDocument(page, {
    cspSource: webview.cspSource,
    asset: (name) => webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview', name)).toString(),
    language: vscode.env.language,
    nonce: randomBytes(16).toString('base64'),
  });
}
