import { loadedOnce } from '../shared/loadedOnce.js';

/** Seldom wanted panes are bundles of their own: they lie beside this page's script, and come under the same nonce. */
export const loadCharts = lateScript(
  'charts.js',
  'The charts could not be loaded. Close the editor and open it again.',
);

export const loadComparison = lateScript(
  'compare.js',
  'The comparison could not be loaded. Close the editor and open it again.',
);

function lateScript(file: string, problem: string): () => Promise<void> {
  return loadedOnce(async () => {
    const own = document.querySelector<HTMLScriptElement>('script[nonce]');
    const script = document.createElement('script');
    script.type = 'module';
    script.nonce = own?.nonce ?? '';
    script.src = (own?.src ?? '').replace(/manifest\.js/u, file);
    await new Promise<void>((resolve, reject) => {
      script.addEventListener('load', () => resolve());
      script.addEventListener('error', () => {
        script.remove();
        reject(new Error(problem));
      });
      document.head.append(script);
    });
  });
}
