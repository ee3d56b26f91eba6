import * as vscode from 'vscode';
import { withProgress } from '../support/progress.js';
import { nextStep, pickOne, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import type { PrivateTeamNode } from '../views/nodes.js';
import type { Deps } from './deps.js';

export function copyPortalLink({ connection }: Deps) {
  return async (node?: PrivateTeamNode): Promise<void> => {
    const target = await connection.target(new AbortController().signal);
    if (target.kind === 'aws') {
      const looking = vscode.l10n.t('Looking for private teams');
      const known = node === undefined || node.kind === 'problem' ? undefined : node.team;
      const team = known ?? (await withServices(looking, connection, ({ privateTeams }, s) => privateTeams.list(s)))[0];
      await copied(team?.portalUrl);
      return;
    }
    const { portal, sharedPortal } = target.server;
    await copied(
      sharedPortal ?? portal,
      sharedPortal === undefined
        ? vscode.l10n.t('It opens on this machine; the setting "groundTruth.local.listen" lets other machines in.')
        : vscode.l10n.t('It opens on every machine that reaches this one.'),
    );
  };
}

export function resendInvitation({ connection, privateTeams: tree }: Deps) {
  return async (node?: PrivateTeamNode): Promise<void> => {
    const chosen = node?.kind === 'teamMember' ? node : await askForInvited(connection);
    if (!chosen) {
      return;
    }
    const { team, member } = chosen;
    await withProgress(vscode.l10n.t('Inviting "{0}" again', member.email), async (signal) => {
      const { privateTeams } = await connection.services();
      await privateTeams.resendInvitation(team, member, signal);
    });
    tree.refresh();
    if (connection.kind === 'aws') {
      tell(vscode.l10n.t('AWS sends "{0}" a new invitation by e-mail.', member.email)); // Here it tells of itself.
    }
  };
}

/** Whoever has a password of their own needs no invitation, and gets none. */
async function askForInvited(connection: Deps['connection']) {
  const looking = vscode.l10n.t('Looking for team members');
  const members = await withServices(looking, connection, async ({ privateTeams }, signal) => {
    const teams = await privateTeams.list(signal);
    const all = await Promise.all(
      teams.map(async (team) => (await privateTeams.members(team, signal)).map((member) => ({ team, member }))),
    );
    return all.flat().filter(({ member }) => member.status === 'FORCE_CHANGE_PASSWORD');
  });
  if (members.length === 0) {
    tell(
      vscode.l10n.t('Everybody in a private team has signed in already.'),
      nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam'),
    );
    return undefined;
  }
  const choices = members.map((value) => ({
    label: `$(mail) ${value.member.email}`,
    description: value.team.name,
    value,
  }));
  return pickOne(vscode.l10n.t('Resend Invitation'), vscode.l10n.t('Who has not signed in yet'), choices);
}

async function copied(url: string | undefined, hint = ''): Promise<void> {
  if (url === undefined) {
    tell(
      vscode.l10n.t('There is no labeling portal before there is a private team.'),
      nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam'),
    );
    return;
  }
  await vscode.env.clipboard.writeText(url);
  tell(vscode.l10n.t('Copied "{0}". {1}', url, hint).trimEnd(), {
    title: vscode.l10n.t('Open in Browser'),
    run: () => vscode.env.openExternal(vscode.Uri.parse(url, true)),
  });
}
