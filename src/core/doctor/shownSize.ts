/** `8 MB`: in whole units of 1024, as S3's console has them. */
export function shownSize(bytes: number): string {
  const mega = bytes / 1024 / 1024;
  return mega < 1024 ? `${Math.max(1, Math.round(mega))} MB` : `${(mega / 1024).toFixed(1)} GB`;
}
