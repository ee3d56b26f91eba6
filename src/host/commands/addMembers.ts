import * as vscode from 'vscode';
import { parseEmails } from '../../core/lab/teamRequest.js';
import type { PrivateTeam, StepOutcome, TeamMember } from '../../core/ports.js';
import { untilAborted } from '../support/abort.js';
import { answered } from '../support/answered.js';
import { withProgress } from '../support/progress.js';
import { askText, type NextStep, nextStep, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import { takesAnswers } from '../views/labelingJobItems.js';
import type { PrivateTeamNode } from '../views/nodes.js';
import type { Deps } from './deps.js';
import { emailsNote, emailsText } from './emailProblems.js';
import { whatIsThere } from './nextLabStep.js';
import { askForTeam, teamOf } from './teamQuestion.js';

/** Invites more people into a team that is there. */
export function addMembers(deps: Deps) {
  return async (from?: PrivateTeamNode): Promise<void> => {
    const team = teamOf(from) ?? (await askForTeam(deps, vscode.l10n.t('Add Members')));
    if (!team) {
      return;
    }
    if (team.userPoolId === undefined) {
      tell(vscode.l10n.t('The members of "{0}" come from an identity provider of its own: add them there.', team.name));
      return;
    }
    const looking = vscode.l10n.t('Looking for the members of "{0}"', team.name);
    const members = await withServices(looking, deps.connection, ({ privateTeams }, signal) =>
      privateTeams.members(team, signal),
    );
    const invitees = await askForInvitees(team, members);
    if (invitees) {
      await answered(() => inviteAndTell(deps, { team, ...invitees }));
    }
  };
}

interface Invitees {
  /** Who is not in the team yet. */
  readonly emails: readonly string[];
  readonly thereBefore: readonly string[];
}

async function askForInvitees(team: PrivateTeam, members: readonly TeamMember[]): Promise<Invitees | undefined> {
  const folded = new Set(members.map(({ email }) => email.toLowerCase()));
  const isThere = (email: string) => folded.has(email.toLowerCase());
  const split = (text: string): Invitees => {
    const typed = parseEmails(text);
    return { emails: typed.filter((email) => !isThere(email)), thereBefore: typed.filter(isThere) };
  };
  const text = await askText({
    title: vscode.l10n.t('Add Members to "{0}"', team.name),
    prompt: vscode.l10n.t('E-mail addresses of the new members, separated by commas. Each gets an invitation.'),
    placeholder: 'ana@example.com, ben@example.com',
    validate: (typed) =>
      emailsText(typed) ??
      (split(typed).emails.length === 0 ? vscode.l10n.t('All of them are in "{0}" already.', team.name) : undefined),
    note: emailsNote,
  });
  return text === undefined ? undefined : split(text);
}

interface Invitation extends Invitees {
  readonly team: PrivateTeam;
}

async function inviteAndTell(deps: Deps, invitation: Invitation): Promise<void> {
  const { team, thereBefore } = invitation;
  const { joined, hasActiveJob } = await invite(deps, invitation);
  const emailsThat = (were: StepOutcome) => joined.filter(({ outcome }) => outcome === were).map(({ email }) => email);
  const [invited, known] = [emailsThat('made'), emailsThat('found')];
  tell(
    [
      ...sentence(invited, (who) => vscode.l10n.t('Invited to "{0}": {1}.', team.name, who)),
      ...sentence(known, (who) => vscode.l10n.t('Added, with the password that they have: {0}.', who)),
      ...sentence(thereBefore, (who) => vscode.l10n.t('There before: {0}.', who)),
    ].join(' '),
    ...nextSteps({ team, hasActiveJob, hasInvited: invited.length > 0, isLocal: deps.connection.kind === 'local' }),
  );
}

interface Joined {
  readonly email: string;
  readonly outcome: StepOutcome;
}

function invite({ connection, privateTeams: tree }: Deps, { team, emails }: Invitation) {
  return withProgress(vscode.l10n.t('Adding members to "{0}"', team.name), async (signal, report) => {
    const { privateTeams, labelingJobs } = await untilAborted(connection.services(), signal);
    const joined: Joined[] = [];
    try {
      await privateTeams.invite(
        { team, emails },
        (email, outcome) => {
          joined.push({ email, outcome });
          report(joined.length / emails.length, email);
        },
        signal,
      );
    } finally {
      tree.refresh(); // Some may be in it although others could not be invited.
    }
    const jobs = await whatIsThere(labelingJobs.list(signal), signal);
    const hasActiveJob = jobs.some((job) => job.workteamArn === team.arn && takesAnswers(job));
    return { joined, hasActiveJob };
  });
}

interface Outcome {
  readonly team: PrivateTeam;
  readonly hasActiveJob: boolean;
  readonly hasInvited: boolean;
  readonly isLocal: boolean;
}

function nextSteps({ team, hasActiveJob, hasInvited, isLocal }: Outcome): readonly NextStep[] {
  const node = { kind: 'privateTeam', team } as const;
  const job = hasActiveJob
    ? isLocal && nextStep(vscode.l10n.t('Simulate Workers…'), 'groundTruth.simulateWorkers')
    : nextStep(vscode.l10n.t('Create Labeling Job…'), 'groundTruth.createLabelingJob', node);
  return [
    hasInvited && isLocal && nextStep(vscode.l10n.t('Show Invitations'), 'groundTruth.showInvitations'),
    nextStep(vscode.l10n.t('Copy Portal Link'), 'groundTruth.copyPortalLink', node),
    job,
  ].filter((step) => step !== false);
}

/** A message has room for a few; the team's rows have all of them. */
function sentence(emails: readonly string[], say: (who: string) => string): readonly string[] {
  const most = 4;
  const shown = emails.length > most ? emails.slice(0, most - 1) : emails;
  const rest = emails.length - shown.length;
  const who = [...shown, ...(rest > 0 ? [vscode.l10n.t('{0} more', rest)] : [])].join(', ');
  return emails.length === 0 ? [] : [say(who)];
}
