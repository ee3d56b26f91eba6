/** Parts of the confidences' histogram. */
export const bins = 20;

/** What a contestant found, in a form that can be compared. */
export class Breakdown {
  readonly states = { human: 0, machine: 0, failed: 0 };
  /** Of each class: how many labels, then how many in each part of the histogram. */
  readonly #classes = new Map<string, number[]>();

  add(name: string, bin: number, labels: number): void {
    const counts = this.#classes.get(name) ?? Array.from({ length: bins + 1 }, () => 0);
    counts[0] = (counts[0] ?? 0) + labels;
    counts[bin + 1] = (counts[bin + 1] ?? 0) + labels;
    this.#classes.set(name, counts);
  }

  toString(): string {
    const classes = Array.from(this.#classes, ([name, counts]) => [name, ...counts]).toSorted(byName);
    return JSON.stringify({ classes, ...this.states });
  }
}

export function byName([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return asText(a) < asText(b) ? -1 : 1;
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
