import { type AwsEndpoints, awsServices } from '../core/awsEndpoints.js';
import { awsFiles, readSections } from './awsProfiles.js';

/**
 * The endpoints of a profile; without one, the environment's alone. The order is that of AWS's SDKs and CLI
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html): a variable of the service, the variable
 * of all, the profile's `services` section, its `endpoint_url`. The SDK by itself would look at the default profile's,
 * whichever was chosen.
 */
export async function readAwsEndpoints(
  profile: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<AwsEndpoints> {
  const sections = await readSections(awsFiles(environment).config);
  const name = profile ?? environment['AWS_PROFILE'] ?? 'default';
  const settings = sections.get(name === 'default' ? name : `profile ${name}`) ?? sections.get(`profile ${name}`);
  const ignoring =
    environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? settings?.get('ignore_configured_endpoint_urls');
  if (ignoring?.toLowerCase() === 'true') {
    return {};
  }
  const services = sections.get(`services ${settings?.get('services') ?? ''}`);
  const endpoints = awsServices.map((service) => {
    const candidates = [
      environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`],
      environment['AWS_ENDPOINT_URL'],
      services?.get(`${service}.endpoint_url`),
      settings?.get('endpoint_url'),
    ];
    return [service, candidates.find((url) => url !== undefined && url !== '')] as const;
  });
  return Object.fromEntries(endpoints.filter(([, url]) => url !== undefined));
}
