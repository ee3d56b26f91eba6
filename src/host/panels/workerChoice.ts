import * as vscode from 'vscode';
import type { PrivateTeam, Services, TeamMember } from '../../core/ports.js';
import { simulatedNumber } from '../../core/simulation/simulatedTeam.js';
import type { Connection } from '../support/connection.js';
import { withServices } from '../support/withServices.js';
import { type Choice, nextStep, pickOne, tell } from '../support/prompts.js';

const memoryKey = 'labeling.worker';

/** Which team member the user is: asked once where there are several, and remembered for the workspace. */
export class WorkerChoice {
  readonly #connection: Connection;
  readonly #memory: vscode.Memento;

  constructor(connection: Connection, memory: vscode.Memento) {
    this.#connection = connection;
    this.#memory = memory;
  }

  get remembered(): string {
    return this.#memory.get(memoryKey, '');
  }

  async remember(email: string): Promise<void> {
    await this.#memory.update(memoryKey, email);
  }

  /** The worker for one team's jobs, or for any; `undefined` where nobody was chosen. */
  async choose(teamArn: string | undefined, options = { asksAlways: false }): Promise<string | undefined> {
    const looking = vscode.l10n.t('Looking for team members');
    const members = await withServices(looking, this.#connection, (services, signal) =>
      membersOf(services, teamArn, signal),
    );
    const [first] = members;
    if (!first) {
      tell(
        vscode.l10n.t('There is nobody in a private team yet. Create one with yourself in it.'),
        nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam'),
      );
      return undefined;
    }
    const known = members.find(({ email }) => email === this.remembered);
    if (!options.asksAlways && (known || members.length === 1)) {
      return (known ?? first).email;
    }
    const choices = members.map((member): Choice<string> => ({
      label: `$(account) ${member.email}`,
      description: member === known ? vscode.l10n.t('current') : '',
      detail:
        member.status === 'FORCE_CHANGE_PASSWORD'
          ? vscode.l10n.t('Has not signed in yet: the temporary password is in the invitation')
          : vscode.l10n.t('Has signed in before'),
      value: member.email,
    }));
    const chosen = await pickOne(
      vscode.l10n.t('Choose Worker'),
      vscode.l10n.t('Who are you in this team?'),
      known ? choices.toSorted((a, b) => Number(b.value === known.email) - Number(a.value === known.email)) : choices,
    );
    if (chosen !== undefined) {
      await this.remember(chosen);
    }
    return chosen;
  }

  /** Whether `email` still has the password of its invitation. */
  async hasTemporaryPassword(email: string): Promise<boolean> {
    const members = await membersOf(await this.#connection.services(), undefined, new AbortController().signal);
    return members.some((member) => member.email === email && member.status === 'FORCE_CHANGE_PASSWORD');
  }
}

async function membersOf(
  { privateTeams }: Services,
  teamArn: string | undefined,
  signal: AbortSignal,
): Promise<readonly TeamMember[]> {
  const isWanted = ({ arn }: PrivateTeam) => teamArn === undefined || arn === teamArn;
  const teams = (await privateTeams.list(signal)).filter(isWanted);
  const members = await Promise.all(teams.map((team) => privateTeams.members(team, signal)));
  const byEmail = new Map(members.flat().map((member) => [member.email, member]));
  // Nobody has a simulated worker's password.
  return [...byEmail.values()].filter(({ isEnabled, email }) => isEnabled && simulatedNumber(email) === undefined);
}
