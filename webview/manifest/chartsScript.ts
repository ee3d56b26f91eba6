import { loadedOnce } from '../shared/loadedOnce.js';

/** Loads the charts' bundle from beside this page's own script, under the same nonce. */
export const loadCharts = loadedOnce(async () => {
  const own = document.querySelector<HTMLScriptElement>('script[nonce]');
  const script = document.createElement('script');
  script.type = 'module';
  script.nonce = own?.nonce ?? '';
  script.src = (own?.src ?? '').replace(/manifest\.js/u, 'charts.js');
  await new Promise<void>((resolve, reject) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error('The charts could not be loaded. Close the editor and open it again.'));
    });
    document.head.append(script);
  });
});
