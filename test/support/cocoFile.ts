import assert from 'node:assert/strict';

/** COCO's format for object detection, as its site describes it (cocodataset.org, "Data format"). */
export interface CocoFile {
  readonly images: readonly { id: number; file_name: string; width: number; height: number }[];
  readonly annotations: readonly {
    id: number;
    image_id: number;
    category_id: number;
    bbox: readonly number[];
    area: number;
    iscrowd: number;
    segmentation: Segmentation;
  }[];
  readonly categories: readonly { id: number; name: string; supercategory: string }[];
}

type Segmentation =
  readonly (readonly number[])[] | { readonly size: readonly number[]; readonly counts: readonly number[] };

/** Reads it as COCO's own reader indexes it: unique ids, and each annotation of a picture and a category that are there. */
export function readCoco(text: string): CocoFile {
  const coco = JSON.parse(text) as CocoFile;
  const [images, categories] = [idsOf(coco.images), idsOf(coco.categories)];
  idsOf(coco.annotations);
  for (const { image_id: image, category_id: category, bbox, area } of coco.annotations) {
    assert.ok(images.has(image) && categories.has(category));
    assert.ok(bbox.length === 4 && bbox.every(Number.isFinite) && area > 0);
  }
  assert.equal(new Set(coco.images.map(({ file_name: name }) => name.toLowerCase())).size, coco.images.length);
  return coco;
}

function idsOf(list: readonly { readonly id: number }[]): ReadonlySet<number> {
  const ids = new Set(list.map(({ id }) => id));
  assert.equal(ids.size, list.length, 'ids are unique');
  assert.ok(
    [...ids].every((id) => Number.isInteger(id) && id > 0),
    'ids are whole numbers from 1 on',
  );
  return ids;
}

/** Run lengths as rows of pixels, `#` where the mask is; they go column by column, and begin with what is off. */
export function unpacked(segmentation: Segmentation): readonly string[] {
  assert.ok('counts' in segmentation);
  const [height = 0, width = 0] = segmentation.size;
  const columns = segmentation.counts.map((count, index) => (index % 2 === 0 ? '.' : '#').repeat(count)).join('');
  assert.equal(columns.length, width * height);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_column, x) => columns[x * height + y]).join(''),
  );
}
