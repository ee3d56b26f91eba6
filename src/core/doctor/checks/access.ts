import { Failure } from '../../failure.js';
import { awsRegions } from '../../regions.js';
import { type Check, failing, ok, type Outcome, warning } from '../check.js';
import { deniedOutcome } from '../denied.js';
import { reasonOf } from '../reasonOf.js';

/** Whether anybody is signed in, and as whom. */
export const authIdentity: Check = {
  id: 'auth.identity',
  stage: 1,
  title: 'Who is signed in',
  async run(examination, signal) {
    const commands = [examination.aws('sts', 'get-caller-identity')];
    try {
      const { accountId, arn } = await examination.identity(signal);
      return [ok(arn, `You are signed in to the account ${accountId}.`, commands)];
    } catch (error) {
      signal.throwIfAborted();
      return [failing('The connection', reasonOf(error), { commands })];
    }
  },
};

export const region: Check = {
  id: 'gt.region',
  stage: 2,
  title: 'The region',
  run({ place }) {
    const isKnown = awsRegions.some((known) => known === place.region);
    return Promise.resolve([
      isKnown
        ? ok(place.region, 'Ground Truth and its built-in functions are in this region.')
        : failing(
            place.region,
            `Ground Truth is not in this region: choose a connection to one of ${awsRegions.join(', ')}.`,
          ),
    ]);
  },
};

const closed =
  'Since 30 July 2026 Ground Truth is closed to accounts that did not use it before, so this account may not be able to create labeling jobs. Local Ground Truth does the same on this machine: choose it with "Ground Truth: Choose Connection…".';

/** Since Ground Truth is shut to new customers. What exactly AWS tells them is not known, so any refusal counts. */
export const availability: Check = {
  id: 'gt.availability',
  stage: 2,
  title: 'Whether this account can use Ground Truth',
  async run(examination, signal) {
    const { place, services } = examination;
    const where = place.kind === 'local' ? 'Local Ground Truth' : `Ground Truth in ${place.region}`;
    const commands = [
      examination.aws('sagemaker', 'list-workforces'),
      examination.aws('sagemaker', 'list-labeling-jobs'),
    ];
    try {
      const [workforce, jobs] = await Promise.all([examination.workforce(signal), services.labelingJobs.list(signal)]);
      if (place.kind === 'local') {
        return [ok(where, 'It runs on this machine and is closed to nobody.', commands)];
      }
      return [
        workforce || jobs.length > 0
          ? ok(where, 'This account has used Ground Truth before: it can create labeling jobs.', commands)
          : warning(where, `This account has no workforce and no labeling job. ${closed}`, { commands }),
      ];
    } catch (error) {
      signal.throwIfAborted();
      return [await refused(error)];
    }

    async function refused(error: unknown): Promise<Outcome> {
      if (Failure.is(error, 'aws.accessDenied')) {
        const { cause, policy, commands: grant = [] } = await deniedOutcome(where, error, examination, signal);
        const more = { commands: [...grant, ...commands], ...(policy && { policy }) };
        return failing(where, `${cause} If it is not a matter of permissions: ${closed}`, more);
      }
      return failing(where, `${reasonOf(error)} ${closed}`, { commands });
    }
  },
};
