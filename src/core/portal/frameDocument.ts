/** The template reaches nothing but what it was handed; a frame made from text has the policy of its page besides. */
export const framePolicy = [
  `default-src 'none'`,
  `script-src 'unsafe-inline' 'unsafe-eval' blob: data:`,
  `style-src 'unsafe-inline' blob: data:`,
  `img-src blob: data:`,
  `media-src blob: data:`,
  `font-src blob: data:`,
  `connect-src blob: data:`,
  `frame-src 'none'`,
  `form-action 'none'`,
  `base-uri 'none'`,
].join('; ');

/**
 * What a task's frame starts from: it waits for one message with the elements' script, the task and a port. The port is
 * in a closure only, and no method that the template could replace is called on it.
 */
export const frameDocument = `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${framePolicy}">
<script>
addEventListener('message', function start({ source, data, ports: [port] }) {
  if (source !== parent) return;
  removeEventListener('message', start);
  const script = document.createElement('script');
  script.textContent = data.bundle;
  document.head.append(script);
  const startFrame = globalThis.startGroundTruthFrame;
  delete globalThis.startGroundTruthFrame;
  startFrame(data.task, port);
});
</script>`;
