/** What one kind of value may be, in the words of the service's model; other shapes are named. */
export type Shape =
  | {
      readonly kind: 'structure';
      readonly members: Readonly<Record<string, string>>;
      readonly required?: readonly string[];
    }
  | { readonly kind: 'list'; readonly of: string; readonly min?: number; readonly max?: number }
  | {
      readonly kind: 'map';
      readonly key: string;
      readonly value: string;
      readonly min?: number;
      readonly max?: number;
    }
  | {
      readonly kind: 'string';
      readonly min?: number;
      readonly max?: number;
      readonly values?: readonly string[];
      readonly pattern?: string;
      /** A refusal does not repeat it. */
      readonly isSensitive?: boolean;
    }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'timestamp' };
