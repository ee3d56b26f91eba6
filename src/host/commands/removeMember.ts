import * as vscode from 'vscode';
import { answered } from '../support/answered.js';
import { confirm, nextStep, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import type { PrivateTeamNode } from '../views/nodes.js';
import type { Deps } from './deps.js';

export function removeMember(deps: Deps) {
  return async (node?: PrivateTeamNode): Promise<void> => {
    if (node?.kind !== 'teamMember') {
      return; // A row's command, which the palette does not have.
    }
    const { team, member } = node;
    const isSure = await confirm(
      vscode.l10n.t('Remove "{0}" from "{1}"?', member.email, team.name),
      vscode.l10n.t(
        'What they have labeled stays and counts. What they have not submitted goes to other members when its time is up. They stay in other teams, and can be added again.',
      ),
      vscode.l10n.t('Remove'),
    );
    if (isSure) {
      await answered(() => remove(deps, node));
    }
  };
}

async function remove(
  { connection, privateTeams: tree }: Deps,
  { team, member }: Extract<PrivateTeamNode, { readonly kind: 'teamMember' }>,
): Promise<void> {
  const title = vscode.l10n.t('Removing "{0}"', member.email);
  await withServices(title, connection, ({ privateTeams }, signal) => privateTeams.removeMember(team, member, signal));
  tree.refresh();
  tell(
    vscode.l10n.t('"{0}" is no longer in "{1}".', member.email, team.name),
    nextStep(vscode.l10n.t('Add Members…'), 'groundTruth.addMembers', { kind: 'privateTeam', team }),
  );
}
