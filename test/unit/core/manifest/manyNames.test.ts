import assert from 'node:assert/strict';
import { lineKind, ManifestColumns } from '../../../../src/core/manifest/manifestColumns.js';

const source = (value: string) => ({ source: { kind: 'object', value } as const, labels: [] });

describe('names of more bytes than are kept', () => {
  it('are left out, line by line and many at once, and the others stay', () => {
    const columns = new ManifestColumns(10);
    columns.add(source('s3://b/abcd'));
    columns.add(source('s3://b/efgh'));
    columns.add(source('s3://b/ijkl'));
    columns.addLines({
      kinds: Uint8Array.of(lineKind.object, lineKind.object),
      folderIds: Uint32Array.of(1, 1),
      nameEnds: Uint32Array.of(columns.nameBytes + 2, columns.nameBytes + 4),
      names: new TextEncoder().encode('mnop'),
      objects: 2,
      hasTexts: false,
      hasCutTexts: false,
    });
    columns.add(source('s3://b/qr'));
    assert.deepEqual(
      Array.from({ length: columns.lines }, (_, line) => columns.sourceOf(line)),
      ['s3://b/abcd', 's3://b/efgh', 's3://b/', 's3://b/', 's3://b/', 's3://b/qr'],
    );
    assert.ok(columns.hasCutTexts, 'a search says that it does not see all');
  });

  it('of two parts are not added', () => {
    const [columns, other] = [new ManifestColumns(6), new ManifestColumns(6)];
    columns.add(source('s3://b/abcd'));
    other.add(source('s3://b/efgh'));
    assert.equal(columns.append(other.part()), false);
    assert.deepEqual([columns.lines, columns.sourceOf(0)], [1, 's3://b/abcd']);
  });
});
