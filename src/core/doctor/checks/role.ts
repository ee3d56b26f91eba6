import { jsonText } from '../jsonText.js';
import { Failure } from '../../failure.js';
import { isObject, type JsonObject } from '../../json.js';
import { ensureUnchanged } from '../changedMeanwhile.js';
import { type Check, failing, ok, type Outcome, warning } from '../check.js';
import type { Examination } from '../examination.js';
import { smallestPolicy, statementsOf, textsOf } from '../permissions.js';
import type { Permission, RoleFacts } from '../probes.js';
import type { CommandLine } from '../report.js';
import { decide } from '../roleDecisions.js';

const sageMaker = 'sagemaker.amazonaws.com';

/** Whether there is a role at all, and SageMaker may act as it. */
export const roleTrust: Check = {
  id: 'iam.trust',
  stage: 4,
  title: 'Who may act as the role',
  async run(examination, signal) {
    const { job, roleName } = examination;
    if (!job) {
      return [];
    }
    if (roleName === undefined) {
      return [
        ok('The role', 'A role that may use the job’s buckets, and nothing else, is made together with the job.'),
      ];
    }
    const role = await examination.role(signal);
    const look = [examination.aws('iam', 'get-role', '--role-name', roleName)];
    if (!role || role.arn !== job.roleArn) {
      return [
        failing(job.roleArn, 'There is no such role in this account: choose another, or have one made.', {
          commands: look,
        }),
      ];
    }
    const statements = statementsOf(role.trustPolicy).filter(isAboutSageMaker);
    const isTrusted =
      statements.some(({ Effect }) => Effect === 'Allow') && !statements.some(({ Effect }) => Effect === 'Deny');
    return isTrusted ? [ok(role.name, 'SageMaker may act as the role.', look)] : [untrusted(examination, role)];
  },
};

function isAboutSageMaker(statement: JsonObject): boolean {
  const { Principal: principal, Action: actions } = statement as { Principal?: JsonObject; Action?: string };
  return (
    isObject(principal) &&
    textsOf(principal['Service']).includes(sageMaker) &&
    textsOf(actions).some((action) => ['*', 'sts:*', 'sts:assumerole'].includes(action.toLowerCase()))
  );
}

function untrusted(examination: Examination, { name, trustPolicy }: RoleFacts): Outcome {
  const before = JSON.parse(trustPolicy) as JsonObject;
  const kept = statementsOf(trustPolicy).filter((statement) => !isAboutSageMaker(statement));
  const statement = { Effect: 'Allow', Principal: { Service: sageMaker }, Action: 'sts:AssumeRole' };
  const after = { Version: '2012-10-17', ...before, Statement: [...kept, statement] };
  const document = JSON.stringify(after);
  return failing(
    name,
    `The role’s trust policy does not let "${sageMaker}" act as it, so the job cannot start. Whom it trusts now stays trusted.`,
    {
      fix: {
        title: 'Let SageMaker act as the role',
        fileName: `Trust policy of ${name}.json`,
        before: jsonText(before),
        after: jsonText(after),
        commands: [
          examination.aws('iam', 'update-assume-role-policy', '--role-name', name, '--policy-document', document),
        ],
        async apply(signal) {
          const { probes, repairs } = examination.services;
          ensureUnchanged(`trust policy of ${name}`, trustPolicy, (await probes.role(name, signal))?.trustPolicy);
          await repairs.setTrustPolicy(name, document, signal);
        },
      },
    },
  );
}

/** Whoever creates a job hands the role over, which is a permission of its own. */
export const passRole: Check = {
  id: 'iam.passrole',
  stage: 4,
  title: 'Whether you may hand the role to SageMaker',
  async run(examination, signal) {
    const { job, roleName } = examination;
    if (!job || job.created || roleName === undefined || !(await examination.role(signal))) {
      return []; // A job that exists was handed its role; one that is missing is told of by `iam.trust`.
    }
    const { arn } = await examination.identity(signal);
    if (/^arn:aws[a-z-]*:iam::\d+:root$/u.test(arn)) {
      return [ok(roleName, 'You are the account’s root user, who may hand over any role.')];
    }
    const permission = { action: 'iam:PassRole', resource: job.roleArn };
    const principalArn = await principalOf(examination, arn, signal);
    const decision = await examination.services.probes.simulate({ ...permission, principalArn }, signal);
    const commands = [simulationCommand(examination, principalArn, permission)];
    switch (decision) {
      case 'allowed':
        return [ok(roleName, 'You may hand the role to SageMaker.', commands)];
      case 'conditional':
        return [warning(roleName, 'Whether you may hand the role to SageMaker depends on a condition.', { commands })];
      case 'explicitDeny':
      case 'implicitDeny': {
        const policy = smallestPolicy([permission]);
        return [
          failing(
            roleName,
            `You may not hand this role to SageMaker: the permission "iam:PassRole" on it is missing. The smallest policy is beside this line.`,
            { commands, policy },
          ),
        ];
      }
    }
  },
};

function simulationCommand(
  examination: Examination,
  principalArn: string,
  { action, resource }: Permission,
): CommandLine {
  const source = ['--policy-source-arn', principalArn];
  const question = ['--action-names', action, '--resource-arns', resource];
  return examination.aws('iam', 'simulate-principal-policy', ...source, ...question);
}

/** IAM simulates users and roles; a session is one of its role, and does not say the path that is in the role's ARN. */
async function principalOf({ services }: Examination, callerArn: string, signal: AbortSignal): Promise<string> {
  const [, partition, account, role] = /^arn:(aws[a-z-]*):sts::(\d+):assumed-role\/([^/]+)\//u.exec(callerArn) ?? [];
  if (role === undefined) {
    return callerArn;
  }
  const found = await services.probes.role(role, signal).catch((error: unknown) => {
    if (Failure.is(error, 'aws.accessDenied')) {
      return undefined;
    }
    throw error;
  });
  return found?.arn ?? `arn:${partition}:iam::${account}:role/${role}`;
}

const logging = [
  'cloudwatch:PutMetricData',
  'logs:CreateLogStream',
  'logs:CreateLogGroup',
  'logs:DescribeLogStreams',
  'logs:PutLogEvents',
];

/** Without them a job runs, and nobody can see what its workers do. */
export const roleLogs: Check = {
  id: 'iam.role.logs',
  stage: 4,
  title: 'Whether the role may write logs',
  async run(examination, signal) {
    const name = await existingRole(examination, signal);
    if (name === undefined) {
      return [];
    }
    const permissions = logging.map((action) => ({ action, resource: '*' }));
    const { missing, fix } = await decide(examination, { name, permissions, policyName: 'GroundTruthLogs' }, signal);
    return missing.length === 0
      ? [ok(name, 'The role may write logs and metrics.')]
      : [
          warning(
            name,
            `The role may not ${missing.map(({ action }) => action).join(', ')}: the job works, but leaves no log of its workers’ activity.`,
            { ...(fix && { fix }) },
          ),
        ];
  },
};

export async function existingRole(examination: Examination, signal: AbortSignal): Promise<string | undefined> {
  const { job, roleName } = examination;
  const role = job && roleName !== undefined ? await examination.role(signal) : undefined;
  return role?.name;
}
