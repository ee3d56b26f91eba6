import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { FunctionUnavailable, type LabelingFunctions } from '../../src/local/functions/labelingFunctions.js';

/** Functions of custom jobs that are part of the test. */
export class MemoryFunctions implements LabelingFunctions {
  readonly #known = new Map<string, (event: JsonObject) => JsonValue | Promise<JsonValue>>();
  /** What the functions were called with, in order. */
  readonly events: JsonObject[] = [];
  /** Nobody is there to run them. */
  areAway = false;

  /** The ARN under which `run` is known from now on. */
  add(name: string, run: (event: JsonObject) => JsonValue | Promise<JsonValue>): string {
    const arn = `arn:aws:lambda:us-east-1:111122223333:function:${name}`;
    this.#known.set(arn, run);
    return arn;
  }

  has(arn: string): boolean {
    return this.#known.has(arn);
  }

  async invoke(arn: string, event: JsonObject): Promise<JsonValue> {
    const run = this.#known.get(arn);
    if (run === undefined || this.areAway) {
      throw new FunctionUnavailable(`The function ${arn} cannot be reached`);
    }
    this.events.push(event);
    return run(event);
  }
}
