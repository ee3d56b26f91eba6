// Just enough of WebAssembly's binary format for a module of one function. Instructions are written as expressions: each
// takes the code of its operands, and its own code follows theirs. Codes are those of the specification (WebAssembly
// Core, chapter 5).

/** Bytes of code, in as many nested lists as is handy. */
export type Code = number | readonly Code[];

type ValueType = 'i32' | 'f64' | 'v128';

const valueTypes: Readonly<Record<ValueType, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };

export const i32 = {
  constant: (value: number): Code => [0x41, signedLeb(value)],
  /** The number at `address` plus `offset`. */
  load: (offset: number, address: Code): Code => [address, 0x28, 2, leb(offset)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  multiply: (a: Code, b: Code): Code => [a, b, 0x6c],
  isBelow: (a: Code, b: Code): Code => [a, b, 0x49],
} as const;

export const f64 = {
  load: (offset: number, address: Code): Code => [address, 0x2b, 3, leb(offset)],
} as const;

/** Two numbers of 64 bits at a time. */
export const v128 = {
  load: (offset: number, address: Code): Code => [address, simd(0x00), 4, leb(offset)],
  store: (offset: number, address: Code, value: Code): Code => [address, value, simd(0x0b), 4, leb(offset)],
  /** The same number twice. */
  constant: (value: number): Code => [simd(0x0c), bytesOf(value), bytesOf(value)],
  twice: (value: Code): Code => [value, simd(0x14)],
  first: (pair: Code): Code => [pair, simd(0x21), 0],
  /** The second number of `a`, and the first of `b`. */
  crossed: (a: Code, b: Code): Code => [
    [a, b, simd(0x0d)],
    [8, 9, 10, 11, 12, 13, 14, 15],
    [16, 17, 18, 19, 20, 21, 22, 23],
  ],
  add: (a: Code, b: Code): Code => [a, b, simd(0xf0)],
  subtract: (a: Code, b: Code): Code => [a, b, simd(0xf1)],
  multiply: (a: Code, b: Code): Code => [a, b, simd(0xf2)],
  divide: (a: Code, b: Code): Code => [a, b, simd(0xf3)],
  absolute: (pair: Code): Code => [pair, simd(0xec)],
  /** The larger of two numbers, where neither is "not a number". */
  larger: (a: Code, b: Code): Code => [a, b, simd(0xf7)],
  /** All bits, or none. */
  isAtLeast: (a: Code, b: Code): Code => [a, b, simd(0x4c)],
  and: (a: Code, b: Code): Code => [a, b, simd(0x4e)],
  shiftLeft: (pair: Code, bits: number): Code => [pair, i32.constant(bits), simd(0xcb)],
  addIntegers: (a: Code, b: Code): Code => [a, b, simd(0xce)],
} as const;

export const local = {
  get: (index: number): Code => [0x20, leb(index)],
  set: (index: number, value: Code): Code => [value, 0x21, leb(index)],
} as const;

/** Does `body` for as long as `condition` gives something other than 0. */
export function whileLoop(condition: Code, body: Code): Code {
  const [block, loop, noValue, end] = [0x02, 0x03, 0x40, 0x0b];
  const [isZero, branchIf, branch] = [0x45, 0x0d, 0x0c];
  return [block, noValue, loop, noValue, condition, isZero, branchIf, 1, body, branch, 0, end, end];
}

export interface FunctionCode {
  readonly parameters: readonly ValueType[];
  readonly result: ValueType;
  /** Beside the parameters, whose numbers come first. */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** A module that takes a memory as `"memory"` of `"in"` and gives the function as `"run"`. */
export function moduleBytes({ parameters, result, locals, body }: FunctionCode): Uint8Array<ArrayBuffer> {
  const type = [0x60, vector(parameters.map((one) => valueTypes[one])), vector([valueTypes[result]])];
  const memory = [name('in'), name('memory'), 0x02, 0x00, 1];
  const code = [vector(locals.map((one) => [1, valueTypes[one]])), body, 0x0b];
  const sections: readonly (readonly [number, Code])[] = [
    [1, vector([type])],
    [2, vector([memory])],
    [3, vector([0])],
    [7, vector([[name('run'), 0x00, 0]])],
    [10, vector([sized(code)])],
  ];
  const magicAndVersion = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  return Uint8Array.from(flat([magicAndVersion, sections.map(([id, content]) => [id, sized(content)])]));
}

function simd(code: number): Code {
  return [0xfd, leb(code)];
}

function vector(items: readonly Code[]): Code {
  return [leb(items.length), items];
}

function sized(content: Code): Code {
  const bytes = flat(content);
  return [leb(bytes.length), bytes];
}

function name(text: string): Code {
  return vector([...new TextEncoder().encode(text)]);
}

function flat(code: Code): readonly number[] {
  return typeof code === 'number' ? [code] : code.flatMap(flat);
}

/** Seven bits to a byte, the lowest first; the top bit says that there are more. */
function leb(value: number): Code {
  return value < 0x80 ? value : [(value % 0x80) | 0x80, leb(Math.floor(value / 0x80))];
}

function signedLeb(value: number): Code {
  return value >= -0x40 && value < 0x40 ? value & 0x7f : [(value & 0x7f) | 0x80, signedLeb(value >> 7)];
}

function bytesOf(value: number): Code {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}
