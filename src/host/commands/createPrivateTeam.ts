import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import {
  mostOrganizationCharacters,
  organizationProblem,
  parseEmails,
  teamNameProblem,
} from '../../core/lab/teamRequest.js';
import type { OnTeamStep, PrivateTeam, PrivateTeamRequest, TeamStep } from '../../core/ports.js';
import { answered } from '../support/answered.js';
import { withProgress } from '../support/progress.js';
import { askText, nextStep, tell } from '../support/prompts.js';
import type { Deps } from './deps.js';
import { emailsNote, emailsText, emailText } from './emailProblems.js';
import { listTeams } from './teamQuestion.js';

const memoryKey = 'createPrivateTeam.answers';
const steps: readonly TeamStep[] = [
  'userPool',
  'client',
  'domain',
  'group',
  'workforce',
  'workteam',
  'invitation',
  'members',
];

export function createPrivateTeam(deps: Deps) {
  return async (): Promise<void> => {
    const teams = await listTeams(deps);
    const request = await askForTeam(
      teams.map(({ name }) => name),
      deps.memory,
    );
    if (request) {
      await answered(
        () => createAndTell(deps, request),
        () => vscode.l10n.t('Private team "{0}" was cancelled, and is not complete.', request.name),
      );
    }
  };
}

async function createAndTell(deps: Deps, request: PrivateTeamRequest): Promise<void> {
  const { team, hasInvited } = await create(deps, request);
  tell(
    hasInvited
      ? vscode.l10n.t('Private team "{0}" is ready, and its new members are invited. Next: a job for them.', team.name)
      : vscode.l10n.t('Private team "{0}" is ready. Its members were invited before. Next: a job for them.', team.name),
    nextStep(vscode.l10n.t('Create Labeling Job…'), 'groundTruth.createLabelingJob', { kind: 'privateTeam', team }),
    ...(deps.connection.kind === 'local'
      ? [nextStep(vscode.l10n.t('Show Invitations'), 'groundTruth.showInvitations')]
      : []),
  );
}

interface Created {
  readonly team: PrivateTeam;
  /** Whether a member is new to the user pool, and so gets an invitation. */
  readonly hasInvited: boolean;
}

function create({ ledger, privateTeams: tree }: Deps, request: PrivateTeamRequest): Promise<Created> {
  const title = vscode.l10n.t('Creating private team "{0}"', request.name);
  return withProgress(title, async (signal, report) => {
    const { services, record } = await ledger.open(signal);
    let hasInvited = false;
    const onStep: OnTeamStep = (step, outcome) => {
      hasInvited ||= step === 'members' && outcome === 'made';
      report((steps.indexOf(step) + 1) / steps.length, stepTexts[step]());
    };
    try {
      const team = await services.privateTeams.create(request, { onStep, keeper: record }, signal);
      return { team, hasInvited };
    } finally {
      tree.refresh();
    }
  });
}

interface Answers {
  readonly emails: string;
  readonly organization: string;
  readonly contactEmail: string;
}

async function askForTeam(taken: readonly string[], memory: vscode.Memento): Promise<PrivateTeamRequest | undefined> {
  const last = memory.get<Partial<Answers>>(memoryKey);
  // Each as it is given: whoever gives up half-way need not type it again.
  const remember = async (answers: Partial<Answers>) => memory.update(memoryKey, { ...last, ...answers });
  const name = await askText({
    title: stepTitle(1),
    prompt: vscode.l10n.t('Name of the team. A team that was begun with this name and not finished is completed.'),
    value: suggestTeamName(taken),
    validate: teamNameText,
  });
  if (name === undefined) {
    return undefined;
  }
  const emails = await askText({
    title: stepTitle(2),
    prompt: vscode.l10n.t('E-mail addresses of the members, separated by commas. Each gets an invitation.'),
    value:
      last?.emails ??
      `${userInfo()
        .username.toLowerCase()
        .replaceAll(/[^a-z0-9._-]/gu, '')}@example.com`,
    validate: emailsText,
    note: emailsNote,
  });
  if (emails === undefined) {
    return undefined;
  }
  await remember({ emails });
  const organization = await askText({
    title: stepTitle(3),
    prompt: vscode.l10n.t('Your organization, as it stands in the invitation.'),
    value: last?.organization ?? vscode.l10n.t('My organization'),
    validate: organizationText,
  });
  if (organization === undefined) {
    return undefined;
  }
  await remember({ emails, organization });
  const contactEmail = await askText({
    title: stepTitle(4),
    prompt: vscode.l10n.t('E-mail address that members can write to.'),
    value: last?.contactEmail ?? parseEmails(emails)[0] ?? '',
    validate: (text) => emailText(text),
  });
  if (contactEmail === undefined) {
    return undefined;
  }
  await remember({ emails, organization, contactEmail });
  const description = vscode.l10n.t('Private team of {0}', organization);
  return { name, description, emails: parseEmails(emails), organization, contactEmail };
}

function stepTitle(step: number): string {
  return vscode.l10n.t('Create Private Team ({0}/4)', step);
}

function suggestTeamName(taken: readonly string[]): string {
  const name = 'labeling-team';
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.includes(candidate)) {
      return candidate;
    }
  }
}

function organizationText(name: string): string | undefined {
  switch (organizationProblem(name)) {
    case undefined:
      return undefined;
    case 'missing':
      return vscode.l10n.t('The invitation says who invites.');
    case 'length':
      return vscode.l10n.t(
        'The subject of the invitation has room for {0} characters, and these are {1}.',
        mostOrganizationCharacters,
        name.length,
      );
    case 'characters':
      return vscode.l10n.t('The subject of the invitation can have letters, digits, marks and spaces, and no other.');
  }
}

function teamNameText(name: string): string | undefined {
  switch (teamNameProblem(name)) {
    case undefined:
      return undefined;
    case 'length':
      return vscode.l10n.t('Team names have 1 to 63 characters.');
    case 'characters':
      return vscode.l10n.t('Only letters, digits and hyphens can be in a team name, and it starts with no hyphen.');
  }
}

const stepTexts: { readonly [Step in TeamStep]: () => string } = {
  userPool: () => vscode.l10n.t('User pool'),
  client: () => vscode.l10n.t('App client'),
  domain: () => vscode.l10n.t('Sign-in domain'),
  group: () => vscode.l10n.t('Group'),
  workforce: () => vscode.l10n.t('Workforce'),
  workteam: () => vscode.l10n.t('Team'),
  invitation: () => vscode.l10n.t('Invitation'),
  members: () => vscode.l10n.t('Members'),
};
