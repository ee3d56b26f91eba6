import { Failure } from './failure.js';

/** Whether the same may succeed a moment later, without anybody doing anything about it. */
export function mayPass(error: unknown): boolean {
  return Failure.is(error, 'aws.unreachable') || Failure.is(error, 'aws.overloaded');
}
