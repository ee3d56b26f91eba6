/** What has to be undone, the last first, when a server ends or cannot be started after all. */
export class Ending {
  readonly #steps: (() => void | Promise<void>)[] = [];
  readonly #log: (line: string) => void;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  /** Runs every step, whatever becomes of the others: a port left open would make a server that nobody can use. */
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).toReversed()) {
      try {
        await step();
      } catch (error) {
        this.#log(`could not end in good order: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
  }
}
