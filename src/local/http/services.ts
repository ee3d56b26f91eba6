import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../core/json.js';

/** The account, region and key that this server answers for, made once per data folder. */
export interface Identity {
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A service that speaks AWS JSON 1.1: `X-Amz-Target: <target>.<operation>`. */
export interface JsonService {
  /** `SageMaker`, or `AWSCognitoIdentityProviderService`. */
  readonly target: string;
  /** The name in the credential scope of a signature. */
  readonly signingName: string;
  readonly operations: { readonly [operation: string]: JsonOperation };
}

/**
 * Throws `ServiceError`. Timestamps in the output are epoch seconds; `undefined` answers with an empty body. `session` is
 * the session token that the call was signed with.
 */
export type JsonOperation = (
  input: JsonObject,
  session?: string,
) => JsonObject | undefined | Promise<JsonObject | undefined>;

/** A service that speaks the Query protocol: a form with `Action` and `Version`, answered in XML. */
export interface QueryService {
  /** `iam`, or `sts`: the name in the credential scope. */
  readonly signingName: string;
  readonly version: string;
  readonly xmlNamespace: string;
  readonly operations: { readonly [action: string]: QueryOperation };
}

/** Gets the form's fields, flat as they came; gives the content of `<…Result>`, or `undefined` where there is none. */
export type QueryOperation = (form: ReadonlyMap<string, string>) => XmlNode | undefined | Promise<XmlNode | undefined>;

/** Elements by name, in order; an array is written as `<member>` elements, text is escaped on writing. */
export type XmlNode = string | readonly XmlNode[] | { readonly [element: string]: XmlNode | undefined };

/** Everything under one path, in its own protocol and with its own sign-in: the worker portal. */
export interface PathHandler {
  /** `/_local/portal`; the request's URL still has it. */
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}
