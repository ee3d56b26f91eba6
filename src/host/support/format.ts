const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `0 B`, `48.6 KB`, `1.2 GB`: powers of 1,024 with at most one decimal. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1_024 ** power;
  return `${Math.round(value * 10) / 10} ${units[power] ?? ''}`;
}
