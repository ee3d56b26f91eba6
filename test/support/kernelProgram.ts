import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileKernel } from '../../compileKernel.mjs';
import { root } from '../host/dependencies.mjs';

let compiling: ReturnType<typeof compileKernel> | undefined;

/** The kernel of the manifest scan, compiled from its source once for all tests of a run. */
export function kernelProgram(): ReturnType<typeof compileKernel> {
  return (compiling ??= compileKernel());
}

/** The same as it was built, for tests of what is built: compiling takes longer than one of them may. */
export async function builtKernel(): ReturnType<typeof compileKernel> {
  return Uint8Array.from(await readFile(join(root, 'dist', 'node', 'matchLines.wasm')));
}
