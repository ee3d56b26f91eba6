import { createCredentialChain, fromEnv, fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';

/** Asks for the code that the MFA device of this serial number, or ARN, shows now. */
export type AskMfaCode = (device: string) => Promise<string>;

export async function nobodyToAsk(device: string): Promise<never> {
  throw new Error(`A code of the MFA device "${device}" is needed, and there is nobody to ask for it`);
}

/** One provider for all clients, so that none asks again for what another was told; of the environment, without a profile. */
export function credentialsOf(profile: string | undefined, mfaCodeProvider: AskMfaCode) {
  // As the files are now: whoever has signed in again since the last time has written others.
  const ofFiles = fromNodeProviderChain({
    ...(profile !== undefined && { profile }),
    ignoreCache: true,
    mfaCodeProvider,
  });
  // The chain alone would look at AWS_PROFILE before it looks at the keys beside it.
  return profile === undefined ? createCredentialChain(fromEnv(), ofFiles) : explained(profile, ofFiles);
}

/** The chain forgets why the profile's own way gave none, as it goes on to ways that have nothing to do with it. */
function explained(profile: string, chain: ReturnType<typeof fromNodeProviderChain>): typeof chain {
  return async (...context) => {
    try {
      return await chain(...context);
    } catch (error) {
      if (error instanceof Error && error.message === 'Could not load credentials from any providers') {
        throw (await ownProblem(profile)) ?? error;
      }
      throw error instanceof Error ? withoutSecrets(error) : error;
    }
  };
}

async function ownProblem(profile: string): Promise<Error | undefined> {
  try {
    await fromIni({ profile, ignoreCache: true, mfaCodeProvider: nobodyToAsk })();
    return undefined;
  } catch (error) {
    return error instanceof Error ? withoutSecrets(error) : undefined;
  }
}

const ofCommand = 'Command failed: ';

/**
 * Of a program's failure, Node names the command first, in which there may be a password, and then what the program has
 * said, in which there may be a key: errors are logged as they are.
 */
function withoutSecrets(error: Error): Error {
  if (!error.message.startsWith(ofCommand)) {
    return error;
  }
  const [, ...said] = error.message.split('\n');
  const masked = said
    .join('\n')
    .replaceAll(/[\w+/=]{20,}/gu, '…')
    .trim();
  return Object.assign(new Error(masked === '' ? 'the program failed, and said nothing' : masked), {
    name: error.name,
  });
}

/** Why there are no credentials, in the words of the SDK or of the program that should have given them; a line. */
export function credentialsProblem({ name, message }: Error): string | undefined {
  if (!['CredentialsProviderError', 'TokenProviderError'].includes(name)) {
    return undefined;
  }
  const lines = message.split('\n').filter((line) => line.trim() !== '' && !line.startsWith(ofCommand));
  return lines.at(-1)?.trim().slice(0, 300);
}
