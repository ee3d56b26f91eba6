import * as vscode from 'vscode';
import type { TeamMember } from '../../core/ports.js';
import { simulatedNumber } from '../../core/simulation/simulatedTeam.js';
import { runSafely } from '../support/abort.js';
import type { Connection } from '../support/connection.js';
import { accessible } from './accessible.js';
import { outlookLines } from './memberOutlookLines.js';
import type { PrivateTeamNode } from './nodes.js';
import { problemItem } from './sharedItems.js';

type Node<Kind extends PrivateTeamNode['kind']> = Extract<PrivateTeamNode, { kind: Kind }>;

/** Private teams and who is in them. */
export class PrivateTeamTree implements vscode.TreeDataProvider<PrivateTeamNode>, vscode.Disposable {
  readonly #connection: Connection;
  readonly #listening: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<PrivateTeamNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #loads = new AbortController();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#listening = connection.onDidChange(() => this.refresh());
  }

  refresh(node?: PrivateTeamNode): void {
    const parent = node?.kind === 'problem' ? node.parent : node;
    if (parent === undefined) {
      this.#loads.abort();
      this.#loads = new AbortController();
    }
    this.#changed.fire(parent);
  }

  async getChildren(parent?: PrivateTeamNode): Promise<PrivateTeamNode[]> {
    try {
      switch (parent?.kind) {
        case undefined:
          return await this.#teams();
        case 'privateTeam':
          return await this.#members(parent);
        case 'teamMember':
        case 'problem':
          return [];
      }
    } catch (error) {
      return [{ kind: 'problem', parent, error }];
    }
  }

  getTreeItem(node: PrivateTeamNode): vscode.TreeItem {
    return accessible(itemOf(node));
  }

  /** Why a member sees nothing in the portal is looked up when somebody wants to know. */
  async resolveTreeItem(item: vscode.TreeItem, node: PrivateTeamNode, token: vscode.CancellationToken) {
    if (node.kind !== 'teamMember') {
      return item;
    }
    const { team, member } = node;
    const lines = await runSafely(token, async (signal) => {
      const outlooks = this.#connection.kind === 'local' ? await this.#connection.memberOutlooks(signal) : undefined;
      return outlooks && outlookLines(await outlooks.outlook({ sub: member.sub, workteam: team.name }, signal));
    });
    item.tooltip = [member.email, ...(lines ?? [signInState(member)])].join('\n');
    return item;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#loads.abort();
    this.#changed.dispose();
  }

  async #teams(): Promise<PrivateTeamNode[]> {
    const { signal } = this.#loads;
    const { privateTeams } = await this.#connection.services();
    const teams = await privateTeams.list(signal);
    return teams.map((team) => ({ kind: 'privateTeam', team }));
  }

  async #members({ team }: Node<'privateTeam'>): Promise<PrivateTeamNode[]> {
    const { signal } = this.#loads;
    const { privateTeams } = await this.#connection.services();
    const members = await privateTeams.members(team, signal);
    return members.map((member) => ({ kind: 'teamMember', team, member }));
  }
}

function itemOf(node: PrivateTeamNode): vscode.TreeItem {
  switch (node.kind) {
    case 'privateTeam':
      return teamItem(node);
    case 'teamMember':
      return memberItem(node);
    case 'problem':
      return problemItem(nodeId(node), node);
  }
}

function nodeId(node: PrivateTeamNode): string {
  switch (node.kind) {
    case 'privateTeam':
      return node.team.arn;
    case 'teamMember':
      return `${node.team.arn}#${node.member.email}`;
    case 'problem':
      return `${node.parent ? nodeId(node.parent) : ''}#problem`;
  }
}

function teamItem(node: Node<'privateTeam'>): vscode.TreeItem {
  const { name, description, portalUrl } = node.team;
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = nodeId(node);
  item.contextValue = 'privateTeam';
  item.iconPath = new vscode.ThemeIcon('organization');
  item.description = description;
  item.tooltip = [name, description, portalUrl].filter((line) => line !== undefined && line !== '').join('\n');
  return item;
}

function memberItem(node: Node<'teamMember'>): vscode.TreeItem {
  const { member } = node;
  const simulated = simulatedNumber(member.email);
  // A narrow side bar has room for a few letters, and the addresses of simulated workers begin alike.
  const item = new vscode.TreeItem(simulated ?? member.email);
  item.id = nodeId(node);
  item.contextValue = member.status === 'FORCE_CHANGE_PASSWORD' ? 'teamMember invited' : 'teamMember';
  item.iconPath = new vscode.ThemeIcon(member.status === 'CONFIRMED' ? 'account' : 'mail');
  item.description = simulated === undefined ? signInState(member) : vscode.l10n.t('simulated worker'); // The tooltip comes when it is looked at.
  return item;
}

/** Cognito's words for where an invitation has got to, in ours; an unknown one stays as it is. */
function signInState({ status, isEnabled }: TeamMember): string {
  if (!isEnabled) {
    return vscode.l10n.t('disabled');
  }
  switch (status) {
    case 'CONFIRMED':
      return vscode.l10n.t('has signed in');
    case 'FORCE_CHANGE_PASSWORD':
      return vscode.l10n.t('invited, not signed in yet');
    case 'RESET_REQUIRED':
      return vscode.l10n.t('must choose a new password');
    default:
      return status;
  }
}
