import assert from 'node:assert/strict';
import { outputLine } from '../../../../src/core/manifest/outputManifestLine.js';
import { creationDate, fileTime } from '../../../../src/core/manifest/outputManifestDates.js';

describe('outputLine', () => {
  const cases = [
    {
      name: 'puts the attributes at the end',
      line: '{"source-ref":"s3://b/a.jpg"}',
      rest: '"source-ref":"s3://b/a.jpg",',
    },
    { name: 'takes white space out', line: ' { "a" : [ 1 , { "b" : null } ] }  ', rest: '"a":[1,{"b":null}],' },
    { name: 'keeps white space in texts', line: '{"source": "a  b,\\" } {"}', rest: '"source":"a  b,\\" } {",' },
    {
      name: 'keeps digits and escapes',
      line: '{"n":1.0,"m":12345678901234567890,"s":"\\u00e9\\/"}',
      rest: '"n":1.0,"m":12345678901234567890,"s":"\\u00e9\\/",',
    },
    { name: 'keeps the order of names that look like numbers', line: '{"b":1,"7":2}', rest: '"b":1,"7":2,' },
    {
      name: 'replaces attributes of the same name',
      line: '{"9":{"x":[1]},"k":1,"9-metadata":{},"z":2}',
      rest: '"k":1,"z":2,',
    },
    { name: 'recognises a name that is written with escapes', line: '{"\\u0039":1,"k":1}', rest: '"k":1,' },
    { name: 'takes an empty object', line: '{}', rest: '' },
  ];
  for (const { name, line, rest } of cases) {
    it(name, () => {
      const attributes = [
        { name: '9', value: 0 },
        { name: '9-metadata', value: { confidence: 0 } },
      ];
      assert.equal(outputLine(line, attributes), `{${rest}"9":0,"9-metadata":{"confidence":0}}`);
    });
  }
});

describe('dates in output', () => {
  it('have microseconds and no zone', () => {
    assert.equal(creationDate(Date.UTC(2019, 3, 18, 16, 40, 59, 217), 995), '2019-04-18T16:40:59.217995');
    assert.equal(creationDate(Date.UTC(2019, 3, 18, 16, 40, 59, 999), 1_004), '2019-04-18T16:41:00.000004');
  });

  it('name files with colons and an underscore', () => {
    assert.equal(fileTime(Date.UTC(2022, 7, 5, 6, 4, 9, 999)), '2022-08-05_06:04:09');
  });
});
