import { registerHooks } from 'node:module';

const source = `
  const nothing = () => new Proxy(function () {}, {
    get: (_, name) => (typeof name === 'symbol' || name === 'then' ? undefined : nothing()),
    apply: () => nothing(),
    construct: () => nothing(),
  });
  module.exports = nothing();
`;

/**
 * Lets plain Node load host code: `vscode` becomes a module whose every property, however deep, is a function and a
 * class that does nothing. To be called before the host's modules are loaded, which are therefore imported late.
 */
export function fakeVscode(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: 'fake:vscode', format: 'commonjs', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url === 'fake:vscode' ? { format: 'commonjs', source, shortCircuit: true } : next(url, context),
  });
}
