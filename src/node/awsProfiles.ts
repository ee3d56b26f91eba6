import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

interface AwsProfile {
  readonly name: string;
  readonly region?: string;
}

/** The profiles of the shared AWS config and credentials files, `default` first, with the region that they name. */
export async function readAwsProfiles(environment = process.env): Promise<readonly AwsProfile[]> {
  const folder = join(homedir(), '.aws');
  const config = parse(await textOf(environment['AWS_CONFIG_FILE'] ?? join(folder, 'config')));
  const credentials = parse(await textOf(environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials')));
  const regions = new Map<string, string | undefined>();
  for (const [section, region] of config) {
    const [, name] = /^(?:profile\s+)?(\S+)$/u.exec(section) ?? []; // Not `sso-session x`, nor `services y`.
    if (name !== undefined) {
      regions.set(name, region);
    }
  }
  for (const [name, region] of credentials) {
    regions.set(name, regions.get(name) ?? region);
  }
  return [...regions]
    .map(([name, region]) => (region === undefined ? { name } : { name, region }))
    .toSorted((a, b) => Number(b.name === 'default') - Number(a.name === 'default') || (a.name < b.name ? -1 : 1));
}

/** The sections of an INI file with the region of each. */
function parse(text: string): ReadonlyMap<string, string | undefined> {
  const regions = new Map<string, string | undefined>();
  let section: string | undefined;
  for (const line of text.split(/\r?\n/u)) {
    const [, name] = /^\s*\[\s*([^\]]*?)\s*\]/u.exec(line) ?? [];
    const [, region] = /^region\s*=\s*(\S+)/u.exec(line) ?? [];
    if (name !== undefined) {
      section = name;
      regions.set(name, undefined);
    } else if (section !== undefined && region !== undefined) {
      regions.set(section, region);
    }
  }
  return regions;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return ''; // Whoever never used the AWS CLI has none.
  }
}
