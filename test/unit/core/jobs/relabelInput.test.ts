import assert from 'node:assert/strict';
import { RelabelInput, relabelKey } from '../../../../src/core/jobs/relabelInput.js';

const text = (manifest: Uint8Array) => new TextDecoder().decode(manifest);

describe('the input of a job that labels again', () => {
  it('has each line as it is, with the labels that are there', () => {
    const line = '{"source-ref": "s3://b/1.jpg", "cats":0,"cats-metadata":{"class-name":"cat"}}';
    const input = new RelabelInput();
    input.add(`${line}\r`);
    assert.equal(text(input.manifest()), `${line}\n`);
    assert.deepEqual([input.objects, input.leftOut, input.bucket], [1, 0, 'b']);
  });

  it('has an object on one line that was spread over several, or had a comma behind it', () => {
    const input = new RelabelInput();
    input.add('{\n  "source-ref": "s3://b/1.jpg"\n},');
    input.add('{"source-ref":"s3://b/2.jpg"},');
    assert.equal(text(input.manifest()), '{"source-ref":"s3://b/1.jpg"}\n{"source-ref":"s3://b/2.jpg"}\n');
  });

  const others = ['{"source-ref":"/home/pictures/1.jpg"}', '{"source":"a text"}', '{"source-ref":', '[]', ''];
  for (const line of others) {
    it(`leaves out, and counts, ${line === '' ? 'an empty line' : line}`, () => {
      const input = new RelabelInput();
      input.add(line);
      assert.deepEqual([input.objects, input.leftOut, input.bucket], [0, 1, undefined]);
    });
  }

  const now = new Date('2026-11-29T10:20:30.456Z');
  const places = [
    { manifest: 'labels/cats/manifests/output/output.manifest', key: 'labels/relabel-20261129T102030.manifest' },
    { manifest: 'cats/manifests/intermediate/1/output.manifest', key: 'relabel-20261129T102030.manifest' },
    { manifest: 'input.manifest', key: 'relabel-20261129T102030.manifest' },
  ];
  for (const { manifest, key } of places) {
    it(`is put at ${key} where it is made of ${manifest}`, () =>
      assert.equal(relabelKey({ bucket: 'b', key: manifest }, now), key));
  }
});
