import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { type ChartTable, csvOf } from './chartTable.js';
import { chartPicture } from './chartPicture.js';

export const copyFormats = ['png', 'svg', 'csv'] as const;
export type CopyFormat = (typeof copyFormats)[number];

interface Copied {
  readonly client: Client<ManifestEditor>;
  readonly card: Element;
  readonly title: string;
  readonly format: CopyFormat;
  readonly table: ChartTable;
}

/**
 * Puts a chart on the clipboard and tells, in words, what was done. A page may be refused the clipboard, for want of
 * focus or of a permission: the chart can then be saved as a file.
 */
export async function copyChart({ client, card, title, format, table }: Copied): Promise<string> {
  const content = await contentOf(card, format, table);
  const told = `“${title}” as ${format.toUpperCase()}`;
  try {
    await (typeof content === 'string'
      ? navigator.clipboard.writeText(content)
      : navigator.clipboard.write([new ClipboardItem({ [content.type]: content })]));
    return `Copied ${told}.`;
  } catch {
    // Saving is what can be done about it, and what came of it is told.
  }
  const bytes =
    typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(await content.arrayBuffer());
  const saved = await client.call('chart.save', { name: title, format, bytes });
  return saved === undefined
    ? `The clipboard did not take ${told}, and no file was chosen: nothing was copied.`
    : `The clipboard did not take ${told}: it was saved as ${saved}.`;
}

async function contentOf(card: Element, format: CopyFormat, table: ChartTable): Promise<string | Blob> {
  if (format === 'csv') {
    return csvOf(table);
  }
  const picture = chartPicture(card);
  return format === 'svg' ? picture.svg : rasterized(picture);
}

/** Two pixels for one: sharp on most screens and in documents. */
const scale = 2;

async function rasterized({ svg, width, height }: ReturnType<typeof chartPicture>): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The chart could not be drawn.'))), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
