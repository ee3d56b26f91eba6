export interface Account {
  identity(signal: AbortSignal): Promise<{ readonly accountId: string; readonly arn: string }>;
  /** The account's name for people; `undefined` where it has none, or where nobody may ask. */
  alias(signal: AbortSignal): Promise<string | undefined>;
  /** When the credentials expire; `undefined` where they do not by themselves. */
  credentialsEnd(signal: AbortSignal): Promise<Date | undefined>;
}
