import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const module = pathToFileURL(fileURLToPath(new URL('vscodeModule.ts', import.meta.url))).href;

/**
 * Lets plain Node load host code: `vscode` becomes the module beside this one. To be called before the host's modules
 * are loaded, which are therefore imported late.
 */
export function fakeVscode(): void {
  registerHooks({
    resolve: (specifier, context, next) => next(specifier === 'vscode' ? module : specifier, context),
  });
}
