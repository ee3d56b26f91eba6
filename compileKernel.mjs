// @ts-check
// Compiles what is written in AssemblyScript (`src/kernel`) to WebAssembly.
/**
 * The program of `src/kernel`, all of it in one. Throws what the compiler says where it does not compile.
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function compileKernel() {
  const { main } = await import('assemblyscript/asc'); // Tests are run as CommonJS, which cannot require it.
  /** @type {Uint8Array | undefined} */
  let program;
  let said = '';
  const { error } = await main(
    [
      'src/kernel/matchLines.ts',
      'src/kernel/searchText.ts',
      '--outFile',
      'kernel.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
    ].concat(['--enable', 'simd', '--importMemory', '--memoryBase', '0']),
    {
      stderr: { write: (text) => void (said += text) },
      writeFile: (name, contents) => {
        if (name === 'kernel.wasm' && contents instanceof Uint8Array) {
          program = contents;
        }
      },
    },
  );
  if (error || !program) {
    throw new Error(`src/kernel does not compile:\n${said}`, { cause: error });
  }
  return new Uint8Array(program);
}
