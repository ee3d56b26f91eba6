import type { PrivateTeam, StepOutcome } from '../ports.js';

/** Who is to be in a team. */
export interface Invitees {
  readonly team: PrivateTeam;
  readonly emails: readonly string[];
}

/** `found` where they were in the user pool before. */
export type OnMember = (email: string, outcome: StepOutcome) => void;

export interface MemberWithPassword {
  readonly email: string;
  readonly password: string;
}
