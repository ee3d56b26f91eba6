/** Stands for an object until the page has its bytes; none of its characters is escaped anywhere. */
export function assetPlaceholder(index: number): string {
  return `gt-asset://${index}/`;
}

/** Every placeholder in a rendered page, with its index. */
export const assetPlaceholders = /gt-asset:\/\/(\d+)\//gu;
