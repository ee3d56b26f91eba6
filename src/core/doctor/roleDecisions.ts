import { jsonText } from './jsonText.js';
import { Failure } from '../failure.js';
import { ensureUnchanged } from './changedMeanwhile.js';
import type { Examination } from './examination.js';
import { nameRule } from './knownPolicies.js';
import { evaluatePolicies, smallestPolicy } from './permissions.js';
import type { Decision, Permission, RolePolicy } from './probes.js';
import type { Fix } from './report.js';

interface Question {
  /** The role's. */
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** Of the policy that a fix writes into the role. */
  readonly policyName: string;
}

export interface Verdict {
  readonly missing: readonly Permission[];
  /** Denied by a statement that says so: no further permission helps against it. */
  readonly denied: readonly Permission[];
  readonly conditional: readonly Permission[];
  /** Why AWS's managed policy is not enough, where the role has it. */
  readonly nameRule?: string;
  readonly fix?: Fix;
}

/**
 * What a role may do. IAM's own simulation also knows boundaries and the organisation's policies; whoever may not ask it
 * reads the role's policies.
 */
export async function decide(examination: Examination, question: Question, signal: AbortSignal): Promise<Verdict> {
  const { name, permissions } = question;
  const policies = await examination.rolePolicies(name, signal);
  const decisions = await Promise.all(
    permissions.map(async (permission) => ({
      permission,
      decision: await decisionOn(examination, policies, permission, signal),
    })),
  );
  const being = (...wanted: readonly Decision[]) =>
    decisions.filter(({ decision }) => wanted.includes(decision)).map(({ permission }) => permission);
  const missing = being('implicitDeny', 'explicitDeny');
  const hasManaged = policies.some((policy) =>
    /^AmazonSageMaker(?:GroundTruthExecution|FullAccess)$/u.test(policy.name),
  );
  const grantable = being('implicitDeny');
  return {
    missing,
    denied: being('explicitDeny'),
    conditional: being('conditional'),
    ...(hasManaged && missing.length > 0 && { nameRule }),
    ...(grantable.length > 0 && { fix: policyFix(examination, question, { policies, grantable }) }),
  };
}

async function decisionOn(
  examination: Examination,
  policies: readonly RolePolicy[],
  permission: Permission,
  signal: AbortSignal,
): Promise<Decision> {
  const principalArn = examination.job?.roleArn ?? '';
  try {
    return await examination.services.probes.simulate({ ...permission, principalArn }, signal);
  } catch (error) {
    if (!Failure.is(error, 'aws.accessDenied') && !Failure.is(error, 'aws.refused')) {
      throw error;
    }
    return evaluatePolicies(
      policies.map(({ document }) => document),
      permission,
    );
  }
}

/** Into a policy of its own, so that no other is touched; what an earlier fix put there stays in it. */
function policyFix(
  examination: Examination,
  { name, policyName }: Question,
  { policies, grantable }: { readonly policies: readonly RolePolicy[]; readonly grantable: readonly Permission[] },
): Fix {
  const own = policies.find((policy) => policy.name === policyName);
  const added = smallestPolicy(grantable);
  const before = own && (JSON.parse(own.document) as typeof added);
  const after = { ...added, Statement: [...(before?.Statement ?? []), ...added.Statement] };
  const document = JSON.stringify(after);
  const written = ['--policy-name', policyName, '--policy-document', document];
  return {
    title: 'Allow it to the role',
    fileName: `Policy ${policyName} of ${name}.json`,
    before: before ? jsonText(before) : '',
    after: jsonText(after),
    commands: [examination.aws('iam', 'put-role-policy', '--role-name', name, ...written)],
    async apply(signal) {
      const { probes, repairs } = examination.services;
      const now = (await probes.rolePolicies(name, signal)).find((policy) => policy.name === policyName);
      ensureUnchanged(`policy ${policyName} of ${name}`, own?.document, now?.document);
      await repairs.putRolePolicy({ role: name, name: policyName, document }, signal);
    },
  };
}
