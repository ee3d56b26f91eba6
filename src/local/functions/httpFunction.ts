import type { JsonObject, JsonValue } from '../../core/json.js';
import { FunctionFailure, FunctionUnavailable } from './labelingFunctions.js';
import { mostAnswerBytes, parsedAnswer } from './parsedAnswer.js';

/**
 * Posts the event to the address as JSON and takes the body of its reply for the answer; that is what the emulators of
 * Lambda speak. It ends with `signal`.
 */
export async function invokeAddress(
  { arn, url }: { readonly arn: string; readonly url: string },
  event: JsonObject,
  signal: AbortSignal,
): Promise<JsonValue> {
  let reply: Response;
  let text: string;
  try {
    reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
      redirect: 'error',
      signal,
    });
    text = await textOf(reply);
  } catch (error) {
    if (error instanceof FunctionFailure || signal.aborted) {
      throw error;
    }
    const { cause = error } = error instanceof Error ? error : {};
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FunctionUnavailable(`The function ${arn} cannot be reached at ${url}: ${reason}`, { cause: error });
  }
  if (!reply.ok) {
    throw new FunctionFailure(`${url} answered with status ${reply.status}: ${text.slice(0, 200)}`);
  }
  return parsedAnswer(text);
}

async function textOf(reply: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of reply.body ?? []) {
    bytes += piece.length;
    if (bytes > mostAnswerBytes) {
      throw new FunctionFailure('its answer is larger than 6 MB');
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
