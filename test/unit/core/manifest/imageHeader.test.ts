import assert from 'node:assert/strict';
import { readImageHeader } from '../../../../src/core/manifest/imageHeader.js';
import { onePixel } from '../../../support/lab.js';

const startOfImage = [0xff, 0xd8];
const exif = [0xff, 0xe1, 0x00, 0x06, 1, 2, 3, 4];
const frame = [0xff, 0xc0, 0x00, 0x11, 8, 0x01, 0x02, 0x03, 0x04, 3];
const progressive = [0xff, 0xc2, ...frame.slice(2)];

describe('readImageHeader', () => {
  const cases = [
    { name: 'a PNG', bytes: [...onePixel], header: { kind: 'size', width: 1, height: 1 } },
    { name: 'the beginning of a PNG', bytes: [...onePixel.subarray(0, 20)], header: { kind: 'incomplete', next: 0 } },
    { name: 'a JPEG', bytes: [...startOfImage, ...frame], header: { kind: 'size', width: 0x304, height: 0x102 } },
    {
      name: 'a JPEG from a camera',
      bytes: [...startOfImage, ...exif, ...progressive],
      header: { kind: 'size', width: 0x304, height: 0x102 },
    },
    {
      name: 'a JPEG with fill bytes',
      bytes: [...startOfImage, 0xff, 0xff, ...frame],
      header: { kind: 'size', width: 0x304, height: 0x102 },
    },
    { name: 'the beginning of a JPEG', bytes: [...startOfImage, ...exif], header: { kind: 'incomplete', next: 2 } },
    {
      name: 'a JPEG whose segments are damaged',
      bytes: [...startOfImage, ...exif, 7, ...frame],
      header: { kind: 'unreadable' },
    },
    {
      name: 'a JPEG without a frame',
      bytes: [...startOfImage, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0],
      header: { kind: 'unreadable' },
    },
    {
      name: 'a picture without an extent',
      bytes: [...startOfImage, ...frame.slice(0, 5), 0, 0, 0, 0, 3],
      header: { kind: 'unreadable' },
    },
    { name: 'a text', bytes: [...Buffer.from('GIF89a and more')], header: { kind: 'unreadable' } },
    { name: 'nothing', bytes: [], header: { kind: 'unreadable' } },
  ];
  for (const { name, bytes, header } of cases) {
    it(`reads ${name}`, () => assert.deepEqual(readImageHeader(Uint8Array.from(bytes)), header));
  }
});
