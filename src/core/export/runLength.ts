/** A mask as COCO writes it without compression: how many pixels are off, on, off …, column by column. */
interface RunLengths {
  readonly size: readonly [height: number, width: number];
  readonly counts: readonly number[];
}

export interface Region {
  readonly segmentation: RunLengths;
  /** In pixels. */
  readonly area: number;
  /** Left, top, width, height. */
  readonly bbox: readonly [number, number, number, number];
}

/** A picture's pixels, row by row: four bytes each, for red, green, blue and opacity. */
export interface MaskPixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** The pixels of one colour, `0xrrggbb`; `undefined` where there are none. */
export function regionOf({ width, height, rgba }: MaskPixels, color: number): Region | undefined {
  const counts: number[] = [];
  let isOn = false;
  let run = 0;
  let area = 0;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      const at = (y * width + x) * 4;
      const pixel = ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0);
      const hasColor = pixel === color && rgba[at + 3] !== 0;
      if (hasColor !== isOn) {
        counts.push(run);
        run = 0;
        isOn = hasColor;
      }
      run += 1;
      if (hasColor) {
        area += 1;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    }
  }
  counts.push(run);
  return area === 0
    ? undefined
    : {
        segmentation: { size: [height, width], counts },
        area,
        bbox: [left, top, right - left + 1, bottom - top + 1],
      };
}
