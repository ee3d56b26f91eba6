/**
 * A name that is free: with the day, and a number where that is taken. It is short enough to leave room for the
 * progress beside it in a side bar of the usual width.
 */
export function suggestJobName(jobNames: readonly string[], now: Date): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '');
  const taken = new Set(jobNames.map((name) => name.toLowerCase()));
  const first = `labeling-job-${day}`;
  let name = first;
  for (let number = 2; taken.has(name); number += 1) {
    name = `${first}-${number}`;
  }
  return name;
}
