import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const roleEnd = new Date('2099-01-01T00:00:00.000Z');

export interface RoleGiver {
  readonly endpoint: string;
  readonly asked: readonly { readonly device: string | null; readonly code: string | null }[];
  /** Whether it says that the code is wrong, as STS does. */
  refuses: boolean;
  readonly stop: () => void;
}

interface GivenCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** STS that gives everybody a role, with these credentials. */
export async function startRoleGiver(given: GivenCredentials): Promise<RoleGiver> {
  const { accessKeyId, secretAccessKey, sessionToken = 'session' } = given;
  const asked: { readonly device: string | null; readonly code: string | null }[] = [];
  const credentials = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${roleEnd.toISOString()}</Expiration>`;
  const answer = async (request: IncomingMessage, reply: ServerResponse) => {
    const form = new URLSearchParams(await text(request));
    asked.push({ device: form.get('SerialNumber'), code: form.get('TokenCode') });
    reply.setHeader('Content-Type', 'text/xml');
    if (giver.refuses) {
      reply.statusCode = 403;
      reply.end(wrongCode);
      return;
    }
    reply.end(
      `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    );
  };
  const server = createServer((request, reply) => void answer(request, reply));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const giver: RoleGiver = {
    endpoint: `http://127.0.0.1:${port}`,
    asked,
    refuses: false,
    stop: () => server.close(),
  };
  return giver;
}

const wrongCode =
  '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>';
