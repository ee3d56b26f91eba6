import assert from 'node:assert/strict';
import { imageProblem } from '../../../../src/local/labeling/imageCheck.js';
import { onePixel } from '../../../support/lab.js';
import { MemoryObjects } from '../../../support/memoryObjects.js';

const bucket = 'pictures';
const startOfImage = Buffer.from([0xff, 0xd8]);
const frame = Buffer.from([0xff, 0xc0, 0x00, 0x11, 8, 0x01, 0x02, 0x03, 0x04, 3]);
const hugeFrame = Buffer.from([0xff, 0xc0, 0x00, 0x11, 8, 0xff, 0xff, 0xff, 0xff, 3]);
/** The largest segment there can be: a part of a colour profile. */
const profile = Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xff]), Buffer.alloc(0xfffd)]);
const rest = Buffer.alloc(10_000, 7);

const jpeg = (profiles: number, ...last: readonly Buffer[]): Buffer =>
  Buffer.concat([startOfImage, ...Array.from({ length: profiles }, () => profile), ...last]);

describe('imageProblem', () => {
  const cases: readonly { readonly name: string; readonly body: Buffer; readonly problem?: RegExp }[] = [
    { name: 'a PNG', body: onePixel },
    { name: 'a JPEG', body: jpeg(0, frame, rest) },
    { name: 'a JPEG with more than a megabyte before its size', body: jpeg(20, frame, rest) },
    { name: 'a JPEG that ends with its size', body: jpeg(1, frame) },
    { name: 'too many pixels behind it', body: jpeg(20, hugeFrame, rest), problem: /100 million pixels/u },
    { name: 'a JPEG that ends before its size', body: jpeg(20), problem: /not a readable/u },
    { name: 'a segment that is longer than the file', body: jpeg(1).subarray(0, 5_000), problem: /not a readable/u },
    { name: 'the beginning of a PNG', body: onePixel.subarray(0, 20), problem: /not a readable/u },
    { name: 'a text', body: Buffer.from('GIF89a and more'), problem: /not a readable/u },
    { name: 'nothing', body: Buffer.alloc(0), problem: /not a readable/u },
  ];
  for (const { name, body, problem } of cases) {
    it(`${problem === undefined ? 'takes' : 'refuses'} ${name}`, async () => {
      const objects = new MemoryObjects();
      objects.createBucket(bucket);
      objects.put(bucket, 'picture', body);
      const found = await imageProblem(objects, { bucket, key: 'picture' });
      assert.equal(found !== undefined, problem !== undefined, found);
      assert.match(found ?? '', problem ?? /^$/u);
    });
  }
});
