import assert from 'node:assert/strict';
import { readPng } from '../../../src/node/readPng.js';
import { writeIndexedPng } from '../../../src/local/labeling/writePng.js';
import { onePixel } from '../../support/lab.js';
import { pngFile, type PngForm } from '../../support/pngFile.js';

interface Case {
  readonly name: string;
  readonly form: PngForm;
  readonly bytes: readonly number[];
  /** Red, green, blue and opacity of each pixel. */
  readonly rgba: readonly number[];
}

const square = { width: 2, height: 2, bitDepth: 8 };
const palette = { PLTE: [10, 11, 12, 20, 21, 22, 30, 31, 32] };
const colors = [1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 255];
const difference = [1, 2, 3, 255, 3, 3, 3, 0];

const readable: readonly Case[] = [
  { name: 'colours with opacity', form: { ...square, colorType: 6 }, bytes: colors, rgba: colors },
  {
    name: 'colours',
    form: { ...square, colorType: 2 },
    bytes: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    rgba: colors,
  },
  {
    name: 'colours of which one is transparent',
    form: { width: 2, height: 1, bitDepth: 8, colorType: 2, chunks: { tRNS: [0, 1, 0, 2, 0, 3] } },
    bytes: [1, 2, 3, 1, 2, 4],
    rgba: [1, 2, 3, 0, 1, 2, 4, 255],
  },
  {
    name: 'grey',
    form: { width: 2, height: 1, bitDepth: 8, colorType: 0 },
    bytes: [7, 9],
    rgba: [7, 7, 7, 255, 9, 9, 9, 255],
  },
  {
    name: 'grey with opacity',
    form: { width: 1, height: 1, bitDepth: 8, colorType: 4 },
    bytes: [7, 128],
    rgba: [7, 7, 7, 128],
  },
  {
    name: 'grey of two bits, of which one is transparent',
    form: { width: 4, height: 1, bitDepth: 2, colorType: 0, chunks: { tRNS: [0, 2] } },
    bytes: [0b00_01_10_11],
    rgba: [0, 0, 0, 255, 85, 85, 85, 255, 170, 170, 170, 0, 255, 255, 255, 255],
  },
  {
    name: 'a palette, with opacities',
    form: { width: 2, height: 1, bitDepth: 8, colorType: 3, chunks: { ...palette, tRNS: [0] } },
    bytes: [0, 2],
    rgba: [10, 11, 12, 0, 30, 31, 32, 255],
  },
  {
    name: 'a palette of one bit, whose rows end in the middle of a byte',
    form: { width: 3, height: 2, bitDepth: 1, colorType: 3, chunks: palette },
    bytes: [0b010_00000, 0b100_00000],
    rgba: [0, 1, 0, 1, 0, 0].flatMap((place) => palette.PLTE.slice(place * 3, place * 3 + 3).concat(255)),
  },
  {
    name: 'differences to the pixel before',
    form: { width: 2, height: 1, bitDepth: 8, colorType: 6, filters: [1] },
    bytes: difference,
    rgba: [1, 2, 3, 255, 4, 5, 6, 255],
  },
  {
    name: 'differences to the row above',
    form: { width: 1, height: 2, bitDepth: 8, colorType: 6, filters: [0, 2] },
    bytes: difference,
    rgba: [1, 2, 3, 255, 4, 5, 6, 255],
  },
  {
    name: 'differences to the mean of both',
    form: { ...square, colorType: 0, filters: [0, 3] },
    bytes: [10, 20, 1, 2],
    rgba: [10, 20, 6, 15].flatMap((value) => [value, value, value, 255]),
  },
  {
    name: 'differences to whichever neighbour fits best',
    form: { width: 3, height: 2, bitDepth: 8, colorType: 0, filters: [0, 4] },
    bytes: [10, 20, 200, 5, 3, 1],
    rgba: [10, 20, 200, 15, 23, 201].flatMap((value) => [value, value, value, 255]),
  },
];

describe('a PNG file', () => {
  for (const { name, form, bytes, rgba } of readable) {
    it(`is read with ${name}`, () => {
      const { width, height } = form;
      const image = readPng(base64(pngFile(form, bytes)));
      assert.deepEqual({ ...image, rgba: image.rgba() }, { width, height, rgba: Uint8Array.from(rgba) });
    });
  }

  it('is read as others write it', () => {
    assert.deepEqual(readPng(onePixel.toString('base64')).width, 1);
  });

  it('is written so that its pixels are numbers, and have colours', () => {
    const file = writeIndexedPng(Uint8Array.of(0, 1, 2, 1), {
      width: 2,
      height: 2,
      palette: ['#ffffff', '#010203', '#040506'],
    });
    const { rgba } = readPng(base64(file));
    assert.equal(Buffer.from(rgba()).toString('hex'), 'ffffffff010203ff040506ff010203ff');
  });

  const whole = { ...square, colorType: 6 };
  const unreadable = [
    { name: 'another file', file: Buffer.from('GIF89a'), reason: /it is not a PNG file/u },
    { name: 'one that was cut', file: pngFile(whole, colors).subarray(0, -20), reason: /it ends too early/u },
    { name: 'one without a header', file: pngFile(whole, colors).subarray(0, 8), reason: /it has no header/u },
    {
      name: 'an unknown colour type',
      file: pngFile({ ...square, colorType: 5 }, colors),
      reason: /header is damaged/u,
    },
    {
      name: 'colours of four bits',
      file: pngFile({ ...square, bitDepth: 4, colorType: 2 }, colors.slice(0, 6)),
      reason: /header is damaged/u,
    },
    { name: 'sixteen bits', file: pngFile({ ...whole, bitDepth: 16 }, colors), reason: /at most 8 bits/u },
    { name: 'interlacing', file: pngFile({ ...whole, interlace: 1 }, colors), reason: /no interlacing/u },
    { name: 'too many pixels', file: pngFile({ ...whole, width: 1e9 }, colors), reason: /100 million/u },
    { name: 'too few of them', file: pngFile({ ...whole, width: 3 }, colors), reason: /fewer pixels/u },
    { name: 'more than its header says', file: pngFile({ ...whole, width: 1 }, colors), reason: /pixels are damaged/u },
    { name: 'an unknown filter', file: pngFile({ ...whole, filters: [5] }, colors), reason: /pixels are damaged/u },
    { name: 'no palette', file: pngFile({ ...square, colorType: 3 }, [0, 0, 0, 0]), reason: /no palette/u },
    {
      name: 'a colour that is not in the palette',
      file: pngFile({ ...square, colorType: 3, chunks: palette }, [0, 1, 2, 3]),
      reason: /not in its palette/u,
    },
  ];
  for (const { name, file, reason } of unreadable) {
    it(`is refused with ${name}`, () => {
      assert.throws(() => readPng(base64(file)).rgba(), reason);
    });
  }
});

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
