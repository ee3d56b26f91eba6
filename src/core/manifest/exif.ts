const startOfImage = 0xff_d8;
const startOfScan = 0xda;
const app1 = 0xe1;
const orientationTag = 0x01_12;
const entryBytes = 12;

/**
 * A JPEG's orientation tag: its value, 1 to 8, and where that is. `undefined` where there is none.
 * Ground Truth works in the pixels as they are stored, and a browser turns a picture by this tag wherever it shows it.
 */
export function exifOrientation(jpeg: Uint8Array): { readonly value: number; readonly offset: number } | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const exif = exifOffset(view);
  if (exif === undefined || exif + 8 > view.byteLength) {
    return undefined;
  }
  const isLittleEndian = view.getUint16(exif) === 0x49_49;
  const directory = exif + view.getUint32(exif + 4, isLittleEndian);
  if (directory + 2 > view.byteLength) {
    return undefined;
  }
  const count = view.getUint16(directory, isLittleEndian);
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + index * entryBytes;
    if (entry + entryBytes > view.byteLength) {
      return undefined;
    }
    if (view.getUint16(entry, isLittleEndian) === orientationTag) {
      const value = view.getUint16(entry + 8, isLittleEndian);
      return value >= 1 && value <= 8 ? { value, offset: isLittleEndian ? entry + 8 : entry + 9 } : undefined;
    }
  }
  return undefined;
}

/** The same picture without its turn: a copy whose tag says 1. The very same bytes where nothing is to be changed. */
export function withoutTurn(jpeg: Uint8Array): Uint8Array {
  const orientation = exifOrientation(jpeg);
  if (!orientation || orientation.value === 1) {
    return jpeg;
  }
  const copy = jpeg.slice();
  copy[orientation.offset] = 1;
  return copy;
}

/** Where the TIFF header of the EXIF segment starts. */
function exifOffset(view: DataView): number | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== startOfImage) {
    return undefined;
  }
  let offset = 2;
  while (offset + 10 <= view.byteLength && view.getUint8(offset) === 0xff) {
    const marker = view.getUint8(offset + 1);
    if (marker === startOfScan) {
      return undefined;
    }
    const isExif = view.getUint32(offset + 4) === 0x45_78_69_66 && view.getUint16(offset + 8) === 0;
    if (marker === app1 && isExif) {
      return offset + 10;
    }
    offset += 2 + view.getUint16(offset + 2);
  }
  return undefined;
}
