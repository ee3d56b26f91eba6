import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { knownPolicy } from '../core/doctor/knownPolicies.js';
import type { Decision, Permission, RoleFacts, RolePolicy } from '../core/doctor/probes.js';
import { type AwsCaller, isRefusal } from './errors.js';

interface Iam {
  readonly iam: IAMClient;
  readonly call: AwsCaller;
}

const missing = ['NoSuchEntity', 'NoSuchEntityException'];

export async function readRole({ iam, call }: Iam, name: string, signal: AbortSignal): Promise<RoleFacts | undefined> {
  try {
    const { Role: role } = await call({ action: 'iam:GetRole', resource: name }, signal, (options) =>
      iam.send(new GetRoleCommand({ RoleName: name }), options),
    );
    // IAM hands documents out percent-encoded.
    return { name, arn: role?.Arn ?? '', trustPolicy: decodeURIComponent(role?.AssumeRolePolicyDocument ?? '{}') };
  } catch (error) {
    if (isRefusal(error, ...missing)) {
      return undefined;
    }
    throw error;
  }
}

export async function readRolePolicies(
  clients: Iam,
  name: string,
  signal: AbortSignal,
): Promise<readonly RolePolicy[]> {
  const { iam, call } = clients;
  const [{ PolicyNames = [] }, { AttachedPolicies = [] }] = await Promise.all([
    call({ action: 'iam:ListRolePolicies', resource: name }, signal, (options) =>
      iam.send(new ListRolePoliciesCommand({ RoleName: name }), options),
    ),
    call({ action: 'iam:ListAttachedRolePolicies', resource: name }, signal, (options) =>
      iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }), options),
    ),
  ]);
  const written = PolicyNames.map(async (policyName): Promise<RolePolicy> => {
    const { PolicyDocument = '{}' } = await call({ action: 'iam:GetRolePolicy', resource: name }, signal, (options) =>
      iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policyName }), options),
    );
    return { name: policyName, document: decodeURIComponent(PolicyDocument) };
  });
  const attached = AttachedPolicies.map(async ({ PolicyName = '', PolicyArn = '' }): Promise<RolePolicy> => ({
    name: PolicyName,
    document: await managedDocument(clients, { name: PolicyName, arn: PolicyArn }, signal),
  }));
  return Promise.all([...written, ...attached]);
}

/** Local Ground Truth attaches AWS's own policies without having them: what AWS's guide says of them stands in. */
async function managedDocument(
  { iam, call }: Iam,
  { name, arn }: { readonly name: string; readonly arn: string },
  signal: AbortSignal,
): Promise<string> {
  try {
    const { Policy: policy } = await call({ action: 'iam:GetPolicy', resource: arn }, signal, (options) =>
      iam.send(new GetPolicyCommand({ PolicyArn: arn }), options),
    );
    const { PolicyVersion: version } = await call(
      { action: 'iam:GetPolicyVersion', resource: arn },
      signal,
      (options) =>
        iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: policy?.DefaultVersionId }), options),
    );
    return decodeURIComponent(version?.Document ?? '{}');
  } catch (error) {
    const known = knownPolicy(name);
    if (known === undefined || !isRefusal(error, ...missing)) {
      throw error;
    }
    return known;
  }
}

const decisions: ReadonlyMap<string, Decision> = new Map([
  ['allowed', 'allowed'],
  ['explicitDeny', 'explicitDeny'],
  ['implicitDeny', 'implicitDeny'],
]);

export async function simulatePolicy(
  { iam, call }: Iam,
  { principalArn, action, resource }: Permission & { readonly principalArn: string },
  signal: AbortSignal,
): Promise<Decision> {
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: principalArn,
    ActionNames: [action],
    ResourceArns: [resource],
    ContextEntries: [
      {
        ContextKeyName: 'iam:PassedToService',
        ContextKeyType: 'string',
        ContextKeyValues: ['sagemaker.amazonaws.com'],
      },
    ],
  });
  const { EvaluationResults: [result] = [] } = await call(
    { action: 'iam:SimulatePrincipalPolicy', resource: principalArn },
    signal,
    (options) => iam.send(command, options),
  );
  const decision = decisions.get(result?.EvalDecision ?? '') ?? 'implicitDeny';
  // What a statement asks of a request that a simulation was not told.
  return decision === 'implicitDeny' && (result?.MissingContextValues?.length ?? 0) > 0 ? 'conditional' : decision;
}
