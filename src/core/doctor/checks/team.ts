import { counted } from '../counted.js';
import { jsonText } from '../jsonText.js';
import type { LabelingJob, PrivateTeam, TeamMember } from '../../ports.js';
import { type Check, failing, ok, type Outcome, warning } from '../check.js';
import type { Examination } from '../examination.js';
import { cannotChange, jobFix } from '../jobFix.js';
import type { Fix } from '../report.js';

/** Each object waits for so many different workers, and the next batch for all of the objects. */
export const teamSize: Check = {
  id: 'team.size',
  stage: 7,
  title: 'Whether the team is large enough',
  async run(examination, signal) {
    const { job, subject } = examination;
    if (subject.teams === 'none') {
      return [];
    }
    const teams = await examination.teams(signal);
    if (teams.length === 0) {
      return [noTeam(job?.teamArn ?? '')];
    }
    const running = job ? [] : await runningJobs(examination, signal);
    const outcomes = await Promise.all(
      teams.map(async (team) => {
        const members = await examination.members(team, signal);
        const needs = job
          ? [{ jobName: job.name, workers: job.workersPerObject }]
          : await needsOf(examination, running, team, signal);
        return sizeOutcomes(examination, { team, members, needs });
      }),
    );
    return outcomes.flat();
  },
};

function noTeam(arn: string): Outcome {
  return arn === ''
    ? failing(
        'Private teams',
        'There is no private team, so nobody can label: create one with "Ground Truth: Create Private Team…".',
      )
    : failing(arn, 'There is no such team: nobody can label the job. Choose another team.');
}

async function runningJobs({ services }: Examination, signal: AbortSignal): Promise<readonly LabelingJob[]> {
  const jobs = await services.labelingJobs.list(signal);
  return jobs.filter(({ status }) => status === 'InProgress' || status === 'Initializing').slice(0, mostJobs);
}

const mostJobs = 20;

interface Need {
  readonly jobName: string;
  readonly workers: number;
}

async function needsOf(
  { services }: Examination,
  jobs: readonly LabelingJob[],
  { arn }: PrivateTeam,
  signal: AbortSignal,
): Promise<readonly Need[]> {
  const own = jobs.filter(({ workteamArn }) => workteamArn === arn);
  return Promise.all(
    own.map(async ({ name }) => {
      const { request } = await services.labelingJobs.describe(name, signal);
      return { jobName: name, workers: request.numberOfHumanWorkersPerDataObject };
    }),
  );
}

interface TeamFacts {
  readonly team: PrivateTeam;
  readonly members: readonly TeamMember[];
  readonly needs: readonly Need[];
}

function sizeOutcomes(examination: Examination, { team, members, needs }: TeamFacts): readonly Outcome[] {
  const enabled = members.filter(({ isEnabled }) => isEnabled);
  const look = [examination.aws('sagemaker', 'describe-workteam', '--workteam-name', team.name)];
  if (enabled.length === 0) {
    return [
      failing(team.name, 'Nobody is in the team, or all are disabled: add people with "Ground Truth: Add Members…".', {
        commands: look,
      }),
    ];
  }
  if (needs.length === 0) {
    return [
      ok(
        team.name,
        `${counted(enabled.length, 'person is', 'people are')} in the team, and no job waits for an answer.`,
        look,
      ),
    ];
  }
  return needs.map(({ jobName, workers }): Outcome => {
    const where = jobName === '' ? team.name : `${team.name}, job "${jobName}"`;
    if (workers <= enabled.length) {
      return ok(where, `Each object goes to ${workers} of ${counted(enabled.length, 'person', 'people')}.`, look);
    }
    const fix = jobFix(examination, `Set workers per object to ${enabled.length}`, {
      workersPerObject: enabled.length,
    });
    const cause = `Each object is to be labeled by ${counted(workers, 'person', 'different people')}, and the team has ${enabled.length}: no object would ever be finished, and the job would vanish from the portal.`;
    const way = fix ? '' : ` Add members to the team. ${cannotChange}`;
    return failing(where, cause + way, { commands: look, ...(fix && { fix }) });
  });
}

/** An invitation that nobody has followed is a worker who is not there. */
export const teamInvites: Check = {
  id: 'team.invites',
  stage: 7,
  title: 'Whether the members have signed in',
  async run(examination, signal) {
    if (examination.subject.teams === 'none') {
      return [];
    }
    const teams = await examination.teams(signal);
    const outcomes = await Promise.all(
      teams.map(async (team): Promise<readonly Outcome[]> => {
        const members = await examination.members(team, signal);
        const waiting = members.filter(({ isEnabled, status }) => isEnabled && status !== 'CONFIRMED');
        const [first] = waiting;
        if (members.length === 0) {
          return [];
        }
        if (!first) {
          return [ok(team.name, 'All members have signed in and chosen a password.')];
        }
        const who = waiting.map(({ email }) => email).join(', ');
        return [
          warning(
            team.name,
            `${waiting.length} of ${counted(members.length, 'member')} did not sign in yet: ${who}. Their temporary password is in the invitation and runs out; send it again with "Resend Invitation" at the member. Addresses count as they are written, with capitals.`,
          ),
        ];
      }),
    );
    return outcomes.flat();
  },
};

/** Where workers sign in. */
export const workforceReady: Check = {
  id: 'team.workforce',
  stage: 7,
  title: 'The workforce',
  async run(examination, signal) {
    if (examination.subject.teams === 'none') {
      return [];
    }
    const workforce = await examination.workforce(signal);
    if (!workforce) {
      return [warning('Workforce', 'There is no private workforce yet: it is made with the first private team.')];
    }
    const { name, status, failureReason, cidrs } = workforce;
    const look = [examination.aws('sagemaker', 'describe-workforce', '--workforce-name', name)];
    const standing =
      status === 'Active'
        ? ok(name, 'The workforce is active.', look)
        : failing(name, `The workforce is "${status}"${failureReason === undefined ? '' : `: ${failureReason}`}.`, {
            commands: look,
          });
    const isOpen = cidrs.length === 0 || cidrs.includes('0.0.0.0/0');
    return [
      standing,
      isOpen
        ? ok(name, 'Workers may come from any address.', look)
        : {
            ...warning(
              name,
              `Workers may only come from ${cidrs.join(', ')}. From elsewhere the portal is a blank page (HTTP 204).`,
              { commands: look },
            ),
            id: 'team.cidr',
          },
    ];
  },
};

/** Without a domain the pool has no page to sign in at. */
export const poolDomain: Check = {
  id: 'cognito.domain',
  stage: 7,
  title: 'The sign-in page of the user pool',
  async run(examination, signal) {
    if (examination.subject.teams === 'none') {
      return [];
    }
    const workforce = await examination.workforce(signal);
    if (workforce?.userPoolId === undefined) {
      return [];
    }
    const { id, name, domain } = await examination.services.probes.userPool(workforce.userPoolId, signal);
    const look = [examination.aws('cognito-idp', 'describe-user-pool', '--user-pool-id', id)];
    if (domain !== undefined) {
      return [ok(name, `Workers sign in at the domain "${domain}".`, look)];
    }
    return [
      failing(
        name,
        'The user pool has no domain, so workers have no page to sign in at, and no team can be made of it.',
        {
          fix: domainFix(examination, id, name),
        },
      ),
    ];
  },
};

function domainFix(examination: Examination, id: string, name: string): Fix {
  // Domains are one name space for all of AWS: the pool's own id is nobody else's.
  const domain = `labeling-${id.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}`;
  const text = (value: string | undefined) => jsonText({ UserPoolId: id, Domain: value ?? null });
  return {
    title: `Give it the domain "${domain}"`,
    fileName: `Domain of ${name}.json`,
    before: text(undefined),
    after: text(domain),
    commands: [examination.aws('cognito-idp', 'create-user-pool-domain', '--user-pool-id', id, '--domain', domain)],
    apply: (signal) => examination.services.repairs.addUserPoolDomain(id, domain, signal),
  };
}
