/** Something that draws: a label attribute, or a worker. */
export interface Switched {
  readonly key: string;
  readonly kind: 'label' | 'worker';
}

/** What is drawn. It outlives the object that is shown: what was switched off stays off. */
export class ShapeSwitches {
  readonly #flipped = new Set<string>();

  /** Whether the layer, or a class of it, is switched on. At first all labels are, and no worker is. */
  isOn(layer: Switched, className?: string): boolean {
    const isOnAtFirst = className !== undefined || layer.kind === 'label';
    return this.#flipped.has(switchOf(layer, className)) !== isOnAtFirst;
  }

  flip(layer: Switched, className?: string): void {
    const name = switchOf(layer, className);
    if (!this.#flipped.delete(name)) {
      this.#flipped.add(name);
    }
  }
}

function switchOf({ key }: Switched, className: string | undefined): string {
  return JSON.stringify(className === undefined ? [key] : [key, className]);
}
