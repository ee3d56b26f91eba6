/** `2026-11-23T10:05:09.123456`: universal time in microseconds, without a zone, as Ground Truth writes it. */
export function creationDate(milliseconds: number, microseconds: number): string {
  const total = milliseconds * 1_000 + microseconds;
  const [text = ''] = new Date(Math.floor(total / 1_000)).toISOString().split('.');
  return `${text}.${String(total % 1_000_000).padStart(6, '0')}`;
}

/** `2026-11-23_10:05:09`: how the files of workers' answers and of consolidations are called. */
export function fileTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', '_');
}
