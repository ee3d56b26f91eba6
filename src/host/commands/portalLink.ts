import * as vscode from 'vscode';
import { withProgress } from '../support/progress.js';
import { type NextStep, nextStep, pickOne, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import type { PrivateTeamNode } from '../views/nodes.js';
import type { Deps } from './deps.js';
import { listTeams, teamOf, tellOfNoPortal, tellOfNoTeam } from './teamQuestion.js';

export function copyPortalLink(deps: Deps) {
  return async (node?: PrivateTeamNode): Promise<void> => {
    const target = await deps.connection.target(new AbortController().signal);
    const team = teamOf(node) ?? (await listTeams(deps))[0]; // All teams of a workforce share one portal.
    if (target.kind === 'local') {
      const { portal, sharedPortal } = target.server;
      const url = sharedPortal ?? portal;
      await copy(url, team === undefined ? nobodyYet() : reachText(sharedPortal), team && openInBrowser(url));
    } else if (team === undefined) {
      tellOfNoTeam();
    } else if (team.portalUrl === undefined) {
      tellOfNoPortal(team);
    } else {
      await copy(team.portalUrl, '', openInBrowser(team.portalUrl));
    }
  };
}

function nobodyYet(): string {
  return vscode.l10n.t('Nobody can sign in there yet: there is no private team.');
}

function reachText(sharedPortal: string | undefined): string {
  return sharedPortal === undefined
    ? vscode.l10n.t('It opens on this machine; the setting "groundTruth.local.listen" lets other machines in.')
    : vscode.l10n.t('It opens on every machine that reaches this one.');
}

async function copy(url: string, hint: string, step = createTeam()): Promise<void> {
  await vscode.env.clipboard.writeText(url);
  tell(vscode.l10n.t('Copied "{0}". {1}', url, hint).trimEnd(), step);
}

function createTeam(): NextStep {
  return nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam');
}

function openInBrowser(url: string): NextStep {
  return {
    title: vscode.l10n.t('Open in Browser'),
    run: () => vscode.env.openExternal(vscode.Uri.parse(url, true)),
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
  const { teams, members } = await withServices(looking, connection, async ({ privateTeams }, signal) => {
    const all = await privateTeams.list(signal);
    const inEach = await Promise.all(
      all.map(async (team) => (await privateTeams.members(team, signal)).map((member) => ({ team, member }))),
    );
    return { teams: all, members: inEach.flat() };
  });
  const invited = members.filter(({ member }) => member.status === 'FORCE_CHANGE_PASSWORD');
  if (teams.length === 0) {
    tellOfNoTeam();
    return undefined;
  }
  if (invited.length === 0) {
    tell(
      members.length === 0
        ? vscode.l10n.t('Nobody is in a private team yet, so nobody can be invited again.')
        : vscode.l10n.t('Everybody in a private team has signed in already, and needs no invitation.'),
      nextStep(vscode.l10n.t('Add Members…'), 'groundTruth.addMembers'),
    );
    return undefined;
  }
  const choices = invited.map((value) => ({
    label: `$(mail) ${value.member.email}`,
    description: value.team.name,
    value,
  }));
  return pickOne(vscode.l10n.t('Resend Invitation'), vscode.l10n.t('Who has not signed in yet'), choices);
}
