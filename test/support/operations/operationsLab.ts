import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateHumanTaskUiCommand, CreateWorkforceCommand, CreateWorkteamCommand } from '@aws-sdk/client-sagemaker';
import { type Clients, clientsOf, createInput, createJob, createRole, createTeam, labelingJobRequest } from '../lab.js';
import { startTestServer, type TestServer } from '../localServer.js';
import { oidcConfig } from '../oidcConfig.js';

/** What operations find: nothing here is for two cases of which one changes it. */
export interface OperationsLab {
  readonly servers: Readonly<Record<ServerRole, TestServer>>;
  readonly roleArn: string;
  readonly workteamArn: string;
  /** Who is in the teams. */
  readonly member: { readonly UserPool: string; readonly UserGroup: string; readonly ClientId: string };
  /** On the fresh server. */
  readonly freePool: { readonly UserPool: string; readonly ClientId: string };
  stop(): Promise<void>;
}

/** `full` has teams, jobs and worker pages; `fresh` has no workforce, `teamless` one without teams. */
export type ServerRole = 'full' | 'fresh' | 'teamless';

export const operationsBucket = 'operations';

export async function prepareOperations(): Promise<OperationsLab> {
  const [full, fresh, teamless] = await Promise.all([startTestServer(), startTestServer(), startTestServer()]);
  const servers = { full, fresh, teamless };
  await clientsOf(teamless.clientConfig).sageMaker.send(
    new CreateWorkforceCommand({ WorkforceName: 'teamless', OidcConfig: oidcConfig }),
  );
  return {
    servers,
    freePool: await createPool(clientsOf(fresh.clientConfig)),
    ...(await fill(clientsOf(full.clientConfig))),
    stop: async () => void (await Promise.all(Object.values(servers).map(async (server) => server.stop()))),
  };
}

async function fill(clients: Clients): Promise<Pick<OperationsLab, 'roleArn' | 'workteamArn' | 'member'>> {
  const { sageMaker } = clients;
  const roleArn = await createRole(clients, 'role');
  const line = `{"source-ref":"s3://${operationsBucket}/0.png"}`;
  await createInput(clients, { bucket: operationsBucket, lines: [line], pictures: ['0.png'] });
  const { userPool, clientId, workteamArn } = await createTeam(clients, { name: 'team', emails: [] });
  const member = { UserPool: userPool, UserGroup: 'team', ClientId: clientId };
  for (const WorkteamName of ['team-to-change', 'team-to-delete', 'listed-b', 'listed-a']) {
    const MemberDefinitions = [{ CognitoMemberDefinition: member }];
    await sageMaker.send(new CreateWorkteamCommand({ WorkteamName, Description: 'A team', MemberDefinitions }));
  }
  for (const name of ['Described', 'to-stop', 'to-tag', 'listed-1', 'listed-2']) {
    await createJob(clients, labelingJobRequest({ name, bucket: operationsBucket, roleArn, workteamArn }));
  }
  for (const HumanTaskUiName of ['described', 'tagged', 'to-delete']) {
    const UiTemplate = { Content: '<p>{{ task.input.text }}</p>' };
    const Tags = [{ Key: 'made', Value: 'with it' }];
    await sageMaker.send(new CreateHumanTaskUiCommand({ HumanTaskUiName, UiTemplate, Tags }));
  }
  return { roleArn, workteamArn, member };
}

async function createPool({ cognito }: Clients): Promise<OperationsLab['freePool']> {
  const pool = await cognito.send(new CreateUserPoolCommand({ PoolName: 'pool' }));
  const UserPoolId = pool.UserPool?.Id ?? '';
  const client = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'client', GenerateSecret: true }),
  );
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'domain' }));
  return { UserPool: UserPoolId, ClientId: client.UserPoolClient?.ClientId ?? '' };
}
