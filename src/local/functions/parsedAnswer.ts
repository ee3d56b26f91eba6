import type { JsonValue } from '../../core/json.js';
import { FunctionFailure } from './labelingFunctions.js';

/** As large as the answer of a Lambda function may be. */
export const mostAnswerBytes = 6 * 1_024 * 1_024;

/** What the text of an answer holds. Lambda's own words for a function that threw are no answer. */
export function parsedAnswer(text: string): JsonValue {
  if (Buffer.byteLength(text) > mostAnswerBytes) {
    throw new FunctionFailure('its answer is larger than 6 MB');
  }
  let answer: JsonValue;
  try {
    answer = JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new FunctionFailure(`its answer is not valid JSON: ${text.slice(0, 200)}`, { cause: error });
  }
  const { errorType, errorMessage } = (answer as Readonly<Record<string, JsonValue | undefined>> | null) ?? {};
  if (typeof errorType === 'string' && typeof errorMessage === 'string') {
    throw new FunctionFailure(`${errorType}: ${errorMessage}`);
  }
  return answer;
}
