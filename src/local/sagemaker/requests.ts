import type { JsonObject } from '../../core/json.js';
import type { requestNames, requestShapes } from './requestShapes.js';

export type OperationName = keyof typeof requestNames;

/** What an operation is asked, once it is checked. Timestamps are epoch seconds. */
export type RequestOf<Name extends OperationName> = ValueOf<(typeof requestNames)[Name]>;

/**
 * Some of the operations, each a function over the store. They throw `ServiceError`. `storage` is the storage elsewhere
 * that the call's session stands for, if any.
 */
export type Operations<Name extends OperationName> = {
  readonly [Each in Name]: (request: RequestOf<Each>, storage?: string) => Answer | Promise<Answer>;
};

type Answer = JsonObject | undefined;

export type CreateLabelingJob = RequestOf<'CreateLabelingJob'>;
export type MemberDefinition = ValueOf<'MemberDefinition'>;
export type CognitoMember = ValueOf<'CognitoMemberDefinition'>;
export type CognitoPool = ValueOf<'CognitoConfig'>;

/** A value of the shape with this name. */
type ValueOf<Name> = Name extends keyof typeof requestShapes ? Value<(typeof requestShapes)[Name]> : never;

type Value<Of> = Of extends { kind: 'structure'; members: infer Members }
  ? Structure<Members, Of extends { required: readonly (infer Required)[] } ? Required : never>
  : Of extends { kind: 'list'; of: infer Item }
    ? readonly ValueOf<Item>[]
    : Of extends { kind: 'map'; value: infer Item }
      ? Readonly<Record<string, ValueOf<Item>>>
      : Of extends { kind: 'string'; values: readonly (infer Word)[] }
        ? Word
        : Of extends { kind: 'string' }
          ? string
          : Of extends { kind: 'integer' | 'timestamp' }
            ? number
            : never;

type Structure<Members, Required> = {
  readonly [Member in keyof Members as Member extends Required ? Member : never]: ValueOf<Members[Member]>;
} & {
  readonly [Member in keyof Members as Member extends Required ? never : Member]?: ValueOf<Members[Member]>;
};
