import * as vscode from 'vscode';
import type { PrivateTeam } from '../../core/ports.js';
import { nextStep, pickOne, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import type { PrivateTeamNode } from '../views/nodes.js';
import type { Deps } from './deps.js';

/** The team whose row, or whose member's row, it is. */
export function teamOf(node: PrivateTeamNode | undefined): PrivateTeam | undefined {
  return node === undefined || node.kind === 'problem' ? undefined : node.team;
}

export function listTeams({ connection }: Pick<Deps, 'connection'>): Promise<readonly PrivateTeam[]> {
  const title = vscode.l10n.t('Looking for private teams');
  return withServices(title, connection, ({ privateTeams }, signal) => privateTeams.list(signal));
}

/** The only one, or one of several. `undefined` where none was chosen, or there is none, which is told. */
export async function askForTeam(deps: Pick<Deps, 'connection'>, title: string): Promise<PrivateTeam | undefined> {
  const [first, ...others] = await listTeams(deps);
  if (first === undefined) {
    tellOfNoTeam();
    return undefined;
  }
  const choices = [first, ...others].map((team) => ({ label: team.name, description: team.description, value: team }));
  return others.length === 0 ? first : pickOne(title, vscode.l10n.t('The private team'), choices);
}

export function tellOfNoTeam(): void {
  tell(
    vscode.l10n.t('There is no private team yet. Create one first.'),
    nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam'),
  );
}

/** Only AWS makes portals, some time after the first team. */
export function tellOfNoPortal({ name }: PrivateTeam): void {
  tell(
    vscode.l10n.t('AWS has no labeling portal for "{0}" yet. Refresh in a minute, and try again.', name),
    nextStep(vscode.l10n.t('Refresh'), 'groundTruth.refresh'),
  );
}
