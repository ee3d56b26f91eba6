import { compileKernel } from '../../compileKernel.mjs';

let compiling: ReturnType<typeof compileKernel> | undefined;

/** The kernel of the manifest scan, compiled from its source once for all tests of a run. */
export function kernelProgram(): ReturnType<typeof compileKernel> {
  return (compiling ??= compileKernel());
}
