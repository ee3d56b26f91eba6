import type { JsonObject, JsonValue } from '../core/json.js';
import { ServiceError } from './http/serviceError.js';

export interface TextConstraint {
  readonly min?: number;
  readonly max?: number;
  /** Anchored by whoever writes it. */
  readonly pattern?: RegExp;
  /** A password: what is wrong with it is said without repeating it, as AWS does. */
  readonly isSensitive?: boolean;
}

/** Reads a request's fields; what is missing or out of bounds is refused in AWS's words under the service's own name. */
export class Fields {
  readonly #input: JsonObject;
  readonly #errorCode: string;

  constructor(input: JsonObject, errorCode: string) {
    this.#input = input;
    this.#errorCode = errorCode;
  }

  text(name: string, constraint: TextConstraint = {}): string {
    const value = this.#input[name];
    if (value === undefined || value === null) {
      throw this.#refusal(`Value null at '${path(name)}' failed to satisfy constraint: Member must not be null`);
    }
    return this.#checked(name, value, constraint);
  }

  optionalText(name: string, constraint: TextConstraint = {}): string | undefined {
    const value = this.#input[name];
    return value === undefined || value === null ? undefined : this.#checked(name, value, constraint);
  }

  integer(name: string, { min, max, otherwise }: { min: number; max: number; otherwise: number }): number {
    const value = this.#input[name];
    if (value === undefined || value === null) {
      return otherwise;
    }
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw new ServiceError('SerializationException', `Expected an integer at '${path(name)}'.`);
    }
    if (value < min || value > max) {
      const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
      throw this.#refusal(
        `Value '${value}' at '${path(name)}' failed to satisfy constraint: Member must have value ${bound}`,
      );
    }
    return value;
  }

  #checked(name: string, value: JsonValue, { min, max, pattern, isSensitive = false }: TextConstraint): string {
    if (typeof value !== 'string') {
      throw new ServiceError('SerializationException', `Expected a string at '${path(name)}'.`);
    }
    const constraint =
      min !== undefined && value.length < min
        ? `have length greater than or equal to ${min}`
        : max !== undefined && value.length > max
          ? `have length less than or equal to ${max}`
          : pattern !== undefined && !pattern.test(value)
            ? `satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/gu, '')}`
            : undefined;
    if (constraint !== undefined) {
      throw this.#refusal(
        `Value${isSensitive ? '' : ` '${value}'`} at '${path(name)}' failed to satisfy constraint: Member must ${constraint}`,
      );
    }
    return value;
  }

  #refusal(violation: string): ServiceError {
    return new ServiceError(this.#errorCode, `1 validation error detected: ${violation}`);
  }
}

function path(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
