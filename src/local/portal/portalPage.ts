/** What a browser shows at the portal's address: labeling itself happens in VS Code. */
export const portalPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Labeling portal</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
  main { max-width: 34rem; padding: 2rem; }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
  p { margin: 0 0 1rem; }
  kbd { font: 0.875em ui-monospace, monospace; padding: 0.1em 0.4em; border: 1px solid GrayText; border-radius: 4px; }
</style>
</head>
<body>
<main>
  <h1>The labeling portal opens in VS Code</h1>
  <p>Open the command palette with <kbd>F1</kbd> and run <strong>Ground Truth: Open Labeling Portal</strong>.</p>
  <p>Sign in with the e-mail address and the temporary password of your invitation. You choose a password of your own
  the first time.</p>
</main>
</body>
</html>
`;

export const portalPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const;
