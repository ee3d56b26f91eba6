import assert from 'node:assert/strict';
import { exifOrientation, withoutTurn } from '../../../../src/core/manifest/exif.js';

/** The head of a JPEG whose EXIF says `orientation`, in either byte order, after an APP0 segment. */
function jpeg(orientation: number, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(60);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xff_d8_ff_e0);
  view.setUint16(4, 4);
  view.setUint16(8, 0xff_e1);
  view.setUint16(10, 40);
  bytes.set(new TextEncoder().encode('Exif\0\0'), 12);
  view.setUint16(18, isLittleEndian ? 0x49_49 : 0x4d_4d);
  view.setUint16(20, 42, isLittleEndian);
  view.setUint32(22, 8, isLittleEndian);
  view.setUint16(26, 1, isLittleEndian);
  view.setUint16(28, 0x01_12, isLittleEndian);
  view.setUint16(30, 3, isLittleEndian);
  view.setUint32(32, 1, isLittleEndian);
  view.setUint16(36, orientation, isLittleEndian);
  return bytes;
}

describe('EXIF orientation', () => {
  for (const isLittleEndian of [true, false]) {
    const order = isLittleEndian ? 'little' : 'big';
    it(`is read and taken away, ${order} endian`, () => {
      const turned = jpeg(6, isLittleEndian);
      assert.equal(exifOrientation(turned)?.value, 6);
      const plain = withoutTurn(turned);
      assert.equal(exifOrientation(plain)?.value, 1);
      assert.equal(plain.filter((byte, index) => byte !== turned[index]).length, 1);
      assert.equal(exifOrientation(turned)?.value, 6, 'the bytes that came in stay as they were');
    });

    it(`of 1 leaves the bytes alone, ${order} endian`, () => {
      const upright = jpeg(1, isLittleEndian);
      assert.equal(withoutTurn(upright), upright);
    });
  }

  const none = [
    { name: 'an empty file', bytes: new Uint8Array() },
    { name: 'a PNG', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
    { name: 'a head that is cut off', bytes: jpeg(6, true).slice(0, 30) },
    { name: 'a value that means nothing', bytes: jpeg(9, true) },
    { name: 'a directory beyond the end', bytes: jpeg(6, true).fill(0xff, 22, 26) },
  ];
  for (const { name, bytes } of none) {
    it(`is not found in ${name}`, () => assert.equal(exifOrientation(bytes), undefined));
  }
});
