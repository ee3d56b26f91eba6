/** What keeps a storage elsewhere from being used. */
export type StorageProblem =
  | 'keysMissing'
  | 'keysExpired'
  | 'keysRefused'
  | 'unreachable'
  | 'certificate'
  | 'clockWrong'
  | 'overloaded'
  // Of one bucket or object alone:
  | 'denied'
  | 'noBucket'
  | 'elsewhere'
  | 'refused';

/** The storage cannot be used now, and may be later: whoever needs it waits, and nothing is lost. */
export class StorageAway extends Error {
  override readonly name = 'StorageAway';
  readonly problem: StorageProblem;

  constructor(problem: StorageProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }

  /** Whether all of the storage is meant. */
  get isOfAll(): boolean {
    return !['denied', 'noBucket', 'elsewhere', 'refused'].includes(this.problem);
  }

  /** Whether other keys would help. */
  get needsKeys(): boolean {
    return ['keysMissing', 'keysExpired', 'keysRefused'].includes(this.problem);
  }
}
