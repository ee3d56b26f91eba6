/** What the thread of a module is started with. */
export interface FunctionThreadData {
  readonly module: string;
}

/** To the thread of a module. Events and answers are texts that hold JSON, as on AWS. */
export type ToFunction =
  | { readonly kind: 'invoke'; readonly event: string; readonly arn: string; readonly timeoutMs: number }
  | { readonly kind: 'object'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'noObject'; readonly id: number; readonly message: string };

/** From the thread of a module. */
export type FromFunction =
  | { readonly kind: 'answer'; readonly json: string }
  | { readonly kind: 'failure'; readonly message: string; readonly stack: string }
  | { readonly kind: 'unloadable'; readonly message: string }
  | { readonly kind: 'readObject'; readonly id: number; readonly uri: string };
