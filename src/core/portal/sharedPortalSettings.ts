/** Where Local Ground Truth lets other machines open the portal. */
export interface SharedPortalSettings {
  /** An address of this machine, with or without a port. */
  readonly listen: string;
  /** PEM files. */
  readonly certificateFile: string;
  readonly keyFile: string;
}
