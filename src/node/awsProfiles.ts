import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A profile of the shared files, as the AWS CLI and all SDKs know it. */
interface AwsProfile {
  readonly name: string;
  readonly region?: string;
  /** Where its credentials come from, which says how to get new ones. */
  readonly source: AwsCredentialSource;
}

/**
 * `sso`: IAM Identity Center, by `aws sso login`. `login`: the console's sign-in, by `aws login`. `process`: a program
 * prints them. `role`: another profile's are exchanged for a role's, perhaps with a code. `keys`: they are in the file.
 */
type AwsCredentialSource = 'sso' | 'login' | 'process' | 'role' | 'keys' | 'unknown';

type Section = ReadonlyMap<string, string>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The profiles of the shared AWS config and credentials files, `default` first, with the region that they name. */
export async function readAwsProfiles(environment: Environment = process.env): Promise<readonly AwsProfile[]> {
  const { config, credentials } = awsFiles(environment);
  const profiles = new Map<string, Section>();
  for (const [section, settings] of await readSections(config)) {
    const name = profileIn(section);
    if (name !== undefined) {
      profiles.set(name, settings);
    }
  }
  for (const [name, settings] of await readSections(credentials)) {
    profiles.set(name, new Map([...settings, ...(profiles.get(name) ?? [])]));
  }
  return [...profiles]
    .map(([name, settings]) => profileOf(name, settings))
    .toSorted((a, b) => Number(b.name === 'default') - Number(a.name === 'default') || (a.name < b.name ? -1 : 1));
}

/** As the SDK reads it: `profile work`, its name perhaps quoted, and `default`; not `sso-session x`, `services y`, `z`. */
function profileIn(section: string): string | undefined {
  return section === 'default' ? section : /^profile\s+(["']?)(\S+)\1$/u.exec(section)?.[2];
}

function profileOf(name: string, settings: Section): AwsProfile {
  const region = settings.get('region');
  return { name, ...(region !== undefined && { region }), source: sourceOf(settings) };
}

/** What the environment says: credentials of its own, and a region; `undefined` where it has no credentials. */
export function readAwsEnvironment(environment: Environment = process.env): { readonly region?: string } | undefined {
  const names = ['AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  if (![...names, 'AWS_CONTAINER_CREDENTIALS_FULL_URI'].some((name) => isSet(environment[name]))) {
    return undefined;
  }
  const region = [environment['AWS_REGION'], environment['AWS_DEFAULT_REGION']].find(isSet);
  return region === undefined ? {} : { region };
}

/** Where tokens are written when somebody signs in by IAM Identity Center, or by the console. */
export function tokenFolders(): readonly string[] {
  return ['sso', 'login'].map((way) => join(homedir(), '.aws', way, 'cache'));
}

/** Where the shared files are: the environment may say so. */
export function awsFiles(environment: Environment = process.env): {
  readonly config: string;
  readonly credentials: string;
} {
  const folder = join(homedir(), '.aws');
  return {
    config: environment['AWS_CONFIG_FILE'] ?? join(folder, 'config'),
    credentials: environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials'),
  };
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

function sourceOf(settings: Section): AwsCredentialSource {
  const signs: readonly (readonly [AwsCredentialSource, readonly string[]])[] = [
    ['role', ['role_arn']],
    ['sso', ['sso_session', 'sso_start_url']],
    ['login', ['login_session']],
    ['process', ['credential_process']],
    ['keys', ['aws_access_key_id']],
  ];
  return signs.find(([, names]) => names.some((name) => settings.has(name)))?.[0] ?? 'unknown';
}

/** The sections of an INI file with their settings; what is indented belongs to the setting above: `s3.endpoint_url`. */
export async function readSections(file: string): Promise<ReadonlyMap<string, Section>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let above = '';
  for (const line of (await textOf(file)).split(/\r?\n/u)) {
    const [, name] = /^\s*\[\s*([^\]]*?)\s*\]/u.exec(line) ?? [];
    const [, indent, key = '', value] = /^(\s*)([\w-]+)\s*=\s*(\S+)?/u.exec(line) ?? [];
    if (name !== undefined) {
      section = new Map(sections.get(name) ?? []);
      sections.set(name, section);
    } else if (indent === '') {
      above = key;
    }
    if (value !== undefined) {
      section?.set(indent === '' ? key : `${above}.${key}`, value);
    }
  }
  return sections;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return ''; // Whoever never used the AWS CLI has none.
  }
}
