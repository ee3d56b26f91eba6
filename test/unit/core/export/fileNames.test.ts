import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ClaimedNames, fileNameOf, safeName } from '../../../../src/core/export/fileNames.js';

const cases: readonly (readonly [text: string, name: string])[] = [
  ['cat', 'cat'],
  ['größe 1', 'größe 1'],
  ['a/b:c*d?"<>|\\', 'a_b_c_d______'],
  ['..', '__'],
  ['.hidden', '_hidden'],
  ['end. .', 'end_'],
  ['', '_'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['com¹', '_com¹'],
  ['COM10', 'COM10'],
  ['console', 'console'],
  ['tab\tline\n', 'tab_line_'],
  ['fdp\u202Egnp', 'fdp_gnp'],
  ['half \uD83D', 'half _'],
  ['e\u0301', 'é'],
];

describe('safeName', () => {
  for (const [text, name] of cases) {
    it(`makes ${JSON.stringify(name)} of ${JSON.stringify(text)}`, () => {
      assert.equal(safeName(text), name);
    });
  }

  it('is a name that every file system takes, whatever the text, and stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const name = safeName(text);
        assert.ok(Buffer.byteLength(name) >= 1 && Buffer.byteLength(name) <= 201, name);
        assert.doesNotMatch(name, /[<>:"/\\|?*\p{Cc}]|^\.|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu);
        assert.equal(safeName(name), name);
      }),
    );
  });
});

describe('fileNameOf', () => {
  const names = [
    ['s3://b/a/cat.JPG', 'cat', '.JPG'],
    ['s3://b/a/no extension', 'no extension', ''],
    ['s3://b/a/.jpg', '_jpg', ''],
    ['s3://b/2026.11.23 photo', '2026.11.23 photo', ''],
    ['s3://b/a.b.png', 'a.b', '.png'],
    ['s3://b/folder/', '_', ''],
  ] as const;
  for (const [reference, stem, extension] of names) {
    it(`splits ${reference}`, () => {
      assert.deepEqual(fileNameOf(reference), { stem, extension });
    });
  }
});

describe('ClaimedNames', () => {
  it('gives other objects of a name other names, and the same object the same again', () => {
    const names = new ClaimedNames();
    const claims = [
      ['a', 'first'],
      ['A', 'second'],
      ['a', 'third'],
      ['a-2', 'fourth'],
      ['a', 'first'],
      ['A', 'second'],
      ['a', 'third'],
    ] as const;
    assert.deepEqual(
      claims.map(([name, owner]) => names.claim('folder', name, owner)),
      [
        { name: 'a', isNew: true },
        { name: 'A-2', isNew: true },
        { name: 'a-3', isNew: true },
        { name: 'a-2-2', isNew: true },
        { name: 'a', isNew: false },
        { name: 'A-2', isNew: false },
        { name: 'a-3', isNew: false },
      ],
    );
    assert.deepEqual(names.claim('other', 'a', 'third'), { name: 'a', isNew: true });
  });

  it('never gives a name to two objects, on a file system that ignores case', () => {
    const name = fc.constantFrom('a', 'A', 'a-2', 'A-2', 'a-3', 'a-2-2', 'b');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.integer({ min: 0, max: 9 })), { maxLength: 60 }), (claims) => {
        const names = new ClaimedNames();
        const owners = new Map<string, string>();
        for (const [wanted, number] of claims) {
          const owner = `${wanted} ${number}`; // An object has one name that it would be called by.
          const given = names.claim('f', wanted, owner);
          const key = given.name.toLowerCase();
          assert.equal(owners.get(key) ?? owner, owner);
          assert.equal(given.isNew, !owners.has(key));
          owners.set(key, owner);
        }
      }),
    );
  });
});
