// The innermost loop of the manifest scan, in AssemblyScript: compiled to WebAssembly, where 16 bytes are compared at
// once. It matches lines against the shapes that `core/manifest/lineShape.ts` has learned and writes what stands in
// their holes into columns. It allocates nothing: `core/manifest/kernelMemory.ts` lays out its memory, and the numbers
// below that are spelled alike there are one contract.
//
// Whatever it reads ends in a 0 byte, which no pattern and no value has, with at least 32 more bytes behind it.

/** What a number, a time, a folder or a word means that is not known here; `asker` says who is to answer. */
declare function ask(asker: i32, start: usize, end: usize): f64;

// ── Shapes: how many parts, how many fields, when it last fitted; then the parts, then the fields ──
const shapeHeaderBytes: usize = 16;

// A part: its pattern's address, its length in whole 16 bytes, the mask of what is left over, its length, and the
// kind of the hole behind it.
const partBytes: usize = 20;
const numberHole: i32 = 0; // Any other is a string's.

// A field: what to do, from which hole, into which column, and a word table's address or a constant.
const fieldBytes: usize = 16;
const wordAsByte: i32 = 0;
const wordAsInteger: i32 = 1;
const wordAlone: i32 = 2;
const numberField: i32 = 3;
const timeField: i32 = 4;
const constantByte: i32 = 5;
const constantNaN: i32 = 6;
const objectSource: i32 = 7;
const textSource: i32 = 8;
const noSource: i32 = 9;

const numberAsker: i32 = 0;
const timeAsker: i32 = 1;

/** The kinds of lines, as in `core/manifest/manifestColumns.ts`. */
const noSourceLine: u8 = 2;
const objectLine: u8 = 3;
const textLine: u8 = 4;

/** Of a text, so much is kept for searching. */
const longestKeptText: usize = 256;
/** A line that is longer may have more characters than AWS allows: they must be counted. */
const longestLine: usize = 100_000;

// ── Where things are, told once by `configure` ──
let shapes: usize = 0;
let masks: usize = 0;
let holes: usize = 0;
let kinds: usize = 0;
let folderIds: usize = 0;
let nameEnds: usize = 0;
let lineEnds: usize = 0;
let names: usize = 0;
let folderTable: usize = 0;
let capacity: i32 = 0;
let nameCapacity: usize = 0;

/** Lines in the columns, and bytes in `names`. */
export let lines: i32 = 0;
export let nameLength: usize = 0;
let namesBefore: usize = 0;
/** Whether some text was longer than what is kept of it. */
export let hasCutText: bool = false;
/** Whether `scan` stopped at a line that fits no shape. */
export let isUnknown: bool = false;

let tick: i32 = 0;
/** The shape that fitted last is tried first. */
let current: usize = 0;
let nextLine: usize = 0;

/** `layout` is a list of addresses and sizes, in the order in which they are read here. */
export function configure(layout: usize): void {
  shapes = load<u32>(layout);
  masks = load<u32>(layout, 4);
  holes = load<u32>(layout, 8);
  kinds = load<u32>(layout, 12);
  folderIds = load<u32>(layout, 16);
  nameEnds = load<u32>(layout, 20);
  lineEnds = load<u32>(layout, 24);
  names = load<u32>(layout, 28);
  folderTable = load<u32>(layout, 32);
  capacity = load<i32>(layout, 36);
  nameCapacity = load<u32>(layout, 40);
}

/** Begins a new batch: its lines have been taken out of the columns. Before its names there are `bytes` of others. */
export function startBatch(bytes: usize): void {
  lines = 0;
  nameLength = 0;
  namesBefore = bytes;
  hasCutText = false;
}

/** After the list of shapes has changed. */
export function forgetCurrent(): void {
  current = 0;
}

/**
 * Reads lines from `at` on into the columns, until one is unknown, the columns are full or the text ends; returns where
 * the first line begins that was not read.
 */
export function scan(at: usize, end: usize): usize {
  isUnknown = false;
  while (at < end && lines < capacity) {
    const shape = shapeAt(at);
    if (shape === 0) {
      isUnknown = true;
      return at;
    }
    if (nameLength + (nextLine - at) > nameCapacity) {
      return at;
    }
    takeLine(shape);
    store<u32>(lineEnds + (usize(lines) << 2), nextLine);
    lines++;
    at = nextLine;
  }
  return at;
}

/** The shape of the line that begins at `at`; sets `nextLine` and the holes. 0 where none fits. */
function shapeAt(at: usize): usize {
  if (current !== 0 && fits(current, at)) {
    return current;
  }
  const count = load<u32>(shapes);
  for (let index: u32 = 0; index < count; index++) {
    const shape = usize(load<u32>(shapes + 4 + (usize(index) << 2)));
    if (shape !== current && fits(shape, at)) {
      store<i32>(shape, ++tick, 8);
      current = shape;
      return shape;
    }
  }
  return 0;
}

function fits(shape: usize, at: usize): bool {
  let place = at;
  let hole = holes;
  let part = shape + shapeHeaderBytes;
  const last = part + (usize(load<u32>(shape)) - 1) * partBytes;
  for (; part < last; part += partBytes) {
    if (!isPartAt(part, place)) {
      return false;
    }
    place += usize(load<u32>(part, 12));
    store<u32>(hole, place);
    place = load<i32>(part, 16) === numberHole ? numberEnd(place) : stringEnd(place);
    if (place === 0) {
      return false;
    }
    store<u32>(hole, place, 4);
    hole += 8;
  }
  if (!isPartAt(last, place)) {
    return false;
  }
  place += usize(load<u32>(last, 12));
  if (load<u8>(place) === 0x0d) {
    place++;
  }
  nextLine = place + 1;
  return load<u8>(place) === 0x0a && nextLine - at <= longestLine;
}

function isPartAt(part: usize, at: usize): bool {
  const pattern = usize(load<u32>(part));
  const whole = usize(load<u32>(part, 4));
  // One question at the end: most lines fit, and a branch for each 16 bytes would cost more than what it saves.
  const rest = v128.xor(v128.load(pattern + whole), v128.load(at + whole));
  let difference = v128.and(rest, v128.load(usize(load<u32>(part, 8))));
  for (let offset: usize = 0; offset < whole; offset += 16) {
    difference = v128.or(difference, v128.xor(v128.load(pattern + offset), v128.load(at + offset)));
  }
  return !v128.any_true(difference);
}

/** Where the string ends, at its quote; 0 where it has an escape or something that JSON does not allow. */
function stringEnd(at: usize): usize {
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const space = i8x16.splat(0x20);
  let place = at;
  let found = 0;
  while (found === 0) {
    const text = v128.load(place);
    const isQuoteOrBackslash = v128.or(i8x16.eq(text, quote), i8x16.eq(text, backslash));
    found = i8x16.bitmask(v128.or(isQuoteOrBackslash, i8x16.lt_u(text, space)));
    place += 16;
  }
  place += usize(ctz(found)) - 16;
  return load<u8>(place) === 0x22 ? place : 0;
}

/** Where the number ends; 0 where it is none, or has an exponent. */
function numberEnd(at: usize): usize {
  const place = load<u8>(at) === 0x2d ? at + 1 : at;
  const first = load<u8>(place);
  if (!isDigit(first)) {
    return 0;
  }
  const notDigits = notDigitsAt(place) & ~1; // The first one is a digit, and as a 0 it stands alone.
  const whole: usize = first === 0x30 ? 1 : usize(u32(ctz(notDigits | 0x10000)));
  const fraction = notDigits & (-2 << i32(whole)); // After what should be a point.
  if (whole > 14 || (fraction === 0 && load<u8>(place + whole) === 0x2e)) {
    return longNumberEnd(place);
  }
  if (load<u8>(place + whole) !== 0x2e) {
    return place + whole;
  }
  const end = place + usize(u32(ctz(fraction)));
  return end === place + whole + 1 ? 0 : end;
}

/** A bit for each of the next 16 bytes that is no digit. */
function notDigitsAt(at: usize): i32 {
  return i8x16.bitmask(i8x16.gt_u(i8x16.sub(v128.load(at), i8x16.splat(0x30)), i8x16.splat(9)));
}

/** The same byte by byte, whatever its length. */
function longNumberEnd(at: usize): usize {
  const place = load<u8>(at) === 0x30 ? at + 1 : digitsEnd(at);
  if (load<u8>(place) === 0x2e) {
    const end = digitsEnd(place + 1);
    return end === place + 1 ? 0 : end;
  }
  return place;
}

function digitsEnd(at: usize): usize {
  let place = at;
  while (isDigit(load<u8>(place))) {
    place++;
  }
  return place;
}

function isDigit(byte: u8): bool {
  return u8(byte - 0x30) < 10;
}

function takeLine(shape: usize): void {
  const line = usize(lines);
  let field = shape + shapeHeaderBytes + usize(load<u32>(shape)) * partBytes;
  const end = field + usize(load<u32>(shape, 4)) * fieldBytes;
  for (; field < end; field += fieldBytes) {
    const hole = holes + (usize(load<u32>(field, 4)) << 3);
    const column = usize(load<u32>(field, 8));
    switch (load<i32>(field)) {
      case wordAsByte:
        store<u8>(column + line, u8(meaningOf(usize(load<u32>(field, 12)), hole)));
        break;
      case wordAsInteger:
        store<u32>(column + (line << 2), meaningOf(usize(load<u32>(field, 12)), hole));
        break;
      case wordAlone:
        meaningOf(usize(load<u32>(field, 12)), hole);
        break;
      case numberField:
        store<f64>(column + (line << 3), numberAt(usize(load<u32>(hole)), usize(load<u32>(hole, 4))));
        break;
      case timeField:
        store<f64>(column + (line << 3), timeAt(usize(load<u32>(hole)), usize(load<u32>(hole, 4))));
        break;
      case constantByte:
        store<u8>(column + line, load<u8>(field, 12));
        break;
      case constantNaN:
        store<f64>(column + (line << 3), NaN);
        break;
      case objectSource:
        takeSource(line, usize(load<u32>(hole)), usize(load<u32>(hole, 4)));
        break;
      case textSource:
        takeText(line, usize(load<u32>(hole)), usize(load<u32>(hole, 4)));
        break;
      case noSource:
        addName(line, 0, 0);
        store<u32>(folderIds + (line << 2), 0);
        store<u8>(kinds + line, noSourceLine);
        break;
    }
  }
}

// ── Words: texts that come again and again. A table: its slots (a power of two) less one, its asker, the bytes of a
// slot; then the slots: the text's length plus one, its meaning, the text. Whatever was displaced is asked for again. ──
const tableHeaderBytes: usize = 16;
const slotHeaderBytes: usize = 8;

function meaningOf(table: usize, hole: usize): u32 {
  return wordMeaning(table, usize(load<u32>(hole)), usize(load<u32>(hole, 4)));
}

function wordMeaning(table: usize, start: usize, end: usize): u32 {
  const length = end - start;
  const slotBytes = usize(load<u32>(table, 8));
  const slot = table + tableHeaderBytes + usize(hashOf(start, length) & load<u32>(table)) * slotBytes;
  if (usize(load<u32>(slot)) === length + 1 && areEqual(slot + slotHeaderBytes, start, length)) {
    return load<u32>(slot, 4);
  }
  const meaning = u32(i64(ask(load<i32>(table, 4), start, end)));
  if (length + slotHeaderBytes + 16 <= slotBytes) {
    store<u32>(slot, u32(length) + 1);
    store<u32>(slot, meaning, 4);
    copy(slot + slotHeaderBytes, start, length);
  }
  return meaning;
}

/** Of the length, the first 8 bytes and the last 8. */
function hashOf(start: usize, length: usize): u32 {
  const first = load<u64>(start);
  const mixed =
    length < 8
      ? first & ((u64(1) << (u64(length) << 3)) - 1)
      : first ^ (load<u64>(start + length - 8) * 0x9e3779b97f4a7);
  const hash = (mixed + u64(length)) * 0xd6e8feb86659f;
  return u32(hash >> 40);
}

function areEqual(a: usize, b: usize, length: usize): bool {
  const whole = length & ~15;
  for (let offset: usize = 0; offset < whole; offset += 16) {
    if (v128.any_true(v128.xor(v128.load(a + offset), v128.load(b + offset)))) {
      return false;
    }
  }
  const rest = v128.xor(v128.load(a + whole), v128.load(b + whole));
  return !v128.any_true(v128.and(rest, v128.load(masks + ((length & 15) << 4))));
}

/** Copies up to 15 bytes more than `length`. */
function copy(to: usize, from: usize, length: usize): void {
  for (let offset: usize = 0; offset < length; offset += 16) {
    v128.store(to + offset, v128.load(from + offset));
  }
}

// ── Sources: a folder's number and a name ──

function takeSource(line: usize, start: usize, end: usize): void {
  const nameStart = lastSlash(start, end);
  const folder = wordMeaning(folderTable, start, nameStart);
  const isKnown = folder !== 0xffffffff; // No more folders are told apart: then it is part of the name.
  addName(line, isKnown ? nameStart : start, end);
  store<u32>(folderIds + (line << 2), isKnown ? folder : 0);
  store<u8>(kinds + line, objectLine);
}

/** Where the text goes on after its last slash; its start where it has none. */
function lastSlash(start: usize, end: usize): usize {
  const slash = i8x16.splat(0x2f);
  for (let place = end; place > start; place -= 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(place - 16), slash)); // A line has more than that before it.
    if (found !== 0) {
      return max(start, place - 16 + 32 - usize(clz(found)));
    }
  }
  return start;
}

function takeText(line: usize, start: usize, end: usize): void {
  hasCutText = hasCutText || end - start > longestKeptText;
  addName(line, start, min(end, start + longestKeptText));
  store<u32>(folderIds + (line << 2), 0);
  store<u8>(kinds + line, textLine);
}

function addName(line: usize, start: usize, end: usize): void {
  copy(names + nameLength, start, end - start);
  nameLength += end - start;
  store<u32>(nameEnds + (line << 2), u32(namesBefore + nameLength));
}

// ── Numbers and times ──

/** Up to 15 digits and a power of ten up to 22 are exact in a double, so that one division rounds as JSON.parse does. */
function numberAt(start: usize, end: usize): f64 {
  if (end - start > 15) {
    return ask(numberAsker, start, end);
  }
  let value: i64 = 0;
  let scale: i64 = 1;
  let at = load<u8>(start) === 0x2d ? start + 1 : start;
  const isNegative = at > start;
  for (; at < end && load<u8>(at) !== 0x2e; at++) {
    value = value * 10 + i64(load<u8>(at) - 0x30);
  }
  for (at++; at < end; at++) {
    value = value * 10 + i64(load<u8>(at) - 0x30);
    scale *= 10;
  }
  return (isNegative ? -f64(value) : f64(value)) / f64(scale);
}

/** The day that was read last, as `2019-04-18T`, and its milliseconds: neighbours are mostly of one. */
let dayHead: u64 = 0;
let dayTail: u64 = 0;
let dayMs: f64 = 0;
const dayMask: u64 = 0xffffff;
/** As Ground Truth writes it: `2019-04-18T16:40:59.217995`. */
const usualLength: usize = 26;

function timeAt(start: usize, end: usize): f64 {
  // `16:40:59.217995` and the quote: what is above 9 where a digit must be, or is no colon or point where one must be.
  const text = v128.load(start, 11);
  const digits = i8x16.sub(text, i8x16.splat(0x30));
  const isNoDigit = v128.and(
    i8x16.gt_u(digits, i8x16.splat(9)),
    i8x16(-1, -1, 0, -1, -1, 0, -1, -1, 0, -1, -1, -1, -1, -1, -1, 0),
  );
  const isNoSign = v128.and(
    i8x16.ne(text, i8x16(0, 0, 0x3a, 0, 0, 0x3a, 0, 0, 0x2e, 0, 0, 0, 0, 0, 0, 0)),
    i8x16(0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0),
  );
  if (end - start !== usualLength || v128.any_true(v128.or(isNoDigit, isNoSign))) {
    return ask(timeAsker, start, end);
  }
  // Hours, minutes, seconds and microseconds, two digits each; the lanes that are left over count for nothing.
  const pairs = v128.swizzle(digits, i8x16(0, 1, 3, 4, 6, 7, 9, 10, 11, 12, 13, 14, -1, -1, -1, -1));
  const values = i16x8.extadd_pairwise_i8x16_u(
    v128.or(
      v128.and(pairs, i16x8.splat(-256)), // The ones.
      i16x8.mul(v128.and(pairs, i16x8.splat(255)), i16x8.splat(10)), // The tens are below them.
    ),
  );
  const hour = i16x8.extract_lane_u(values, 0);
  const minute = i16x8.extract_lane_u(values, 1);
  const second = i16x8.extract_lane_u(values, 2);
  // A leap second would be of another minute.
  if (hour > 23 || minute > 59 || second > 59) {
    return ask(timeAsker, start, end);
  }
  const seconds = (u32(hour) * 60 + u32(minute)) * 60 + u32(second);
  const hundredths = u32(i16x8.extract_lane_u(values, 3));
  const microsecond = (hundredths * 100 + i16x8.extract_lane_u(values, 4)) * 100 + i16x8.extract_lane_u(values, 5);
  if (load<u64>(start) !== dayHead || (load<u64>(start, 8) & dayMask) !== dayTail) {
    const time = ask(timeAsker, start, end);
    if (time !== time) {
      return time;
    }
    dayHead = load<u64>(start);
    dayTail = load<u64>(start, 8) & dayMask;
    dayMs = Math.floor(time / 86400000) * 86400000;
  }
  return dayMs + f64(seconds * 1000) + f64(microsecond) / 1000;
}

// ── Digests: what was read is known again by them ──

/**
 * 53 bits made of the bytes from `at` to `end`. Each step can be undone, so that one change is never lost; that several
 * cancel each other out is as likely as a guess. It is no protection against somebody who wants them to.
 */
export function digest(at: usize, end: usize): f64 {
  const factor = i32x4.splat(0x2c1b3c6d);
  let a = i32x4.splat(0x1);
  let b = i32x4.splat(0x2);
  let c = i32x4.splat(0x3);
  let d = i32x4.splat(0x4);
  let place = at;
  for (; place + 64 <= end; place += 64) {
    a = stirred(a, factor, v128.load(place));
    b = stirred(b, factor, v128.load(place, 16));
    c = stirred(c, factor, v128.load(place, 32));
    d = stirred(d, factor, v128.load(place, 48));
  }
  let sum = foldedIn(foldedIn(u64(end - at), a), b);
  sum = foldedIn(foldedIn(sum, c), d);
  for (; place < end; place++) {
    sum = (sum ^ u64(load<u8>(place))) * 0x100000001b3;
  }
  return f64((sum ^ (sum >> 32)) >> 11);
}

/** What multiplying has moved to the upper bytes of a lane goes to the lower ones of the next. */
function stirred(lanes: v128, factor: v128, bytes: v128): v128 {
  const product = i32x4.mul(v128.xor(lanes, bytes), factor);
  return v128.shuffle<u8>(product, product, 7, 10, 13, 4, 11, 14, 1, 8, 15, 2, 5, 12, 3, 6, 9, 0);
}

function foldedIn(sum: u64, lanes: v128): u64 {
  const once = (sum ^ i64x2.extract_lane(lanes, 0)) * 0x9e3779b97f4a7;
  const twice = (once ^ (once >> 29) ^ i64x2.extract_lane(lanes, 1)) * 0x9e3779b97f4a7;
  return twice ^ (twice >> 32);
}
