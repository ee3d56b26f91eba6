/** Whether a role's trust policy lets SageMaker assume the role. */
export function trustsSageMaker(document: string): boolean {
  const statements = listOf(memberOf(JSON.parse(document), 'Statement')).filter(isAboutSageMaker);
  // Conditions are not looked at: they restrict by account and source, and here there is one of each.
  const isDenied = statements.some(
    (statement) => memberOf(statement, 'Effect') === 'Deny' && memberOf(statement, 'Condition') === undefined,
  );
  return !isDenied && statements.some((statement) => memberOf(statement, 'Effect') === 'Allow');
}

function isAboutSageMaker(statement: unknown): boolean {
  const services = listOf(memberOf(memberOf(statement, 'Principal'), 'Service'));
  const actions = listOf(memberOf(statement, 'Action'));
  return services.includes('sagemaker.amazonaws.com') && actions.some(isAssumeRole);
}

function isAssumeRole(action: unknown): boolean {
  return typeof action === 'string' && ['*', 'sts:*', 'sts:assumerole'].includes(action.toLowerCase());
}

/** Policies write a list of one as the thing itself. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
