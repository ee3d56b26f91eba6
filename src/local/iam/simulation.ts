import { evaluatePolicies } from '../../core/doctor/permissions.js';
import { ServiceError } from '../http/serviceError.js';
import type { QueryOperation, XmlNode } from '../http/services.js';
import { query } from '../records.js';
import type { IamDependencies } from './iamService.js';
import { iamFields } from './requests.js';
import { existingRole, roleArn } from './roles.js';

type Form = ReadonlyMap<string, string>;

const mostQuestions = 1_000;

/** What a role's policies allow. Boundaries and the policies of organisations are not here, so they restrict nothing. */
export function simulationOperations({ database, identity }: IamDependencies): Record<string, QueryOperation> {
  /** AWS's own policies can be attached to a role without being here: nothing true can be said of such a role. */
  const documentsOf = (role: string): readonly string[] => {
    const written = query<{ readonly document: string }>(
      database,
      'SELECT document FROM iam_role_policies WHERE role = ?',
    ).all(role);
    const attached = query<{ readonly arn: string; readonly document: string | null }>(
      database,
      `SELECT policy_arn AS arn, document FROM iam_attachments LEFT JOIN iam_policies ON arn = policy_arn WHERE role = ?`,
    ).all(role);
    return [
      ...written.map(({ document }) => document),
      ...attached.map(({ arn, document }) => {
        if (document === null) {
          throw new ServiceError('PolicyEvaluation', `What the policy ${arn} says is not known here.`, 500);
        }
        return document;
      }),
    ];
  };

  return {
    SimulatePrincipalPolicy(form) {
      const source = iamFields(form).text('PolicySourceArn', { min: 20, max: 2_048 });
      const name = /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:.*\/)?([\w+=,.@-]+)$/u.exec(source)?.[1];
      if (name === undefined) {
        throw new ServiceError(
          'InvalidInput',
          `Invalid Entity Arn: ${source} does not clearly define entity type and name.`,
        );
      }
      const role = existingRole(database, name);
      if (roleArn(role, identity) !== source) {
        throw new ServiceError('NoSuchEntity', `The role with ARN ${source} cannot be found.`, 404);
      }
      const actions = listIn(form, 'ActionNames');
      const resources = listIn(form, 'ResourceArns');
      const asked = resources.length === 0 ? ['*'] : resources;
      if (actions.length === 0 || actions.length * asked.length > mostQuestions) {
        throw new ServiceError('InvalidInput', 'ActionNames must have from 1 to 1000 members, times the resources.');
      }
      const documents = documentsOf(name);
      const results = actions.flatMap((action) => asked.map((resource) => evaluated(documents, action, resource)));
      return { EvaluationResults: results, IsTruncated: 'false' };
    },
  };
}

function evaluated(documents: readonly string[], action: string, resource: string): XmlNode {
  if (!/^[\w-]+:[\w*]+$/u.test(action)) {
    throw new ServiceError('InvalidInput', `Invalid Action: ${action} is not a valid action.`);
  }
  const decision = evaluatePolicies(documents, { action, resource });
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    // A condition on what nobody told is not met; which key it asks about is told beside it.
    EvalDecision: decision === 'conditional' ? 'implicitDeny' : decision,
    MatchedStatements: [],
    MissingContextValues: decision === 'conditional' ? ['aws:RequestedContext'] : [],
  };
}

function listIn(form: Form, list: string): readonly string[] {
  return [...form].filter(([name]) => name.startsWith(`${list}.member.`)).map(([, value]) => value);
}
