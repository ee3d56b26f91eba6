import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

type Package = { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> };

const locks = ['package-lock.json', 'test/host/package-lock.json'];

// npm drops from a lock file what the registry at hand does not have for other platforms, and then `npm ci` refuses it.
describe('the lock files', () => {
  for (const file of locks) {
    const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Readonly<Record<string, Package>> };

    it(`${file} has the packages of every platform`, () => {
      const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies).filter(
          (name) => !(`${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages),
        ),
      );
      assert.deepEqual(missing, []);
    });

    it(`${file} names no registry, so that everybody's own is asked`, () => {
      const bound = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
      assert.deepEqual(bound, []);
    });
  }
});
