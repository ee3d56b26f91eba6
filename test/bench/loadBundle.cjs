// Loads one bundle in a fresh process, as an extension host does, and prints how long it took. Usage: loadBundle.cjs FILE
const Module = require('node:module');
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const process = require('node:process');

// Whatever is asked of `vscode` is a class that can be extended, made, called, and asked for more.
/** @type {any} */
const anything = new Proxy(function Anything() {}, {
  get: (target, name) => (name in target ? Reflect.get(target, name) : anything),
  apply: () => anything,
  construct: () => ({}),
});

const load = Reflect.get(Module, '_load');
Reflect.set(Module, '_load', (/** @type {string} */ request, /** @type {unknown[]} */ ...rest) =>
  request === 'vscode' ? anything : load(request, ...rest),
);

const file = path.resolve(process.argv[2] ?? '');
const startedAt = performance.now();
require(file);
process.stdout.write(String(performance.now() - startedAt));
process.exit(); // What the bundle started must not keep the process alive.
