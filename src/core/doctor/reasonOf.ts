import { Failure, type FailureCode, type FailureDetails } from '../failure.js';

type Sentences = { readonly [Code in FailureCode]?: (details: FailureDetails[Code]) => string };

/** What can go wrong while the doctor looks, without VS Code's words: this is also said in a terminal, and to a CI. */
const sentences: Sentences = {
  'aws.signedOut': ({ profile, reason }) => {
    const whose = profile === undefined ? 'the environment' : `the profile "${profile}"`;
    const next = profile === undefined ? 'Set others, or name a profile.' : 'Sign in with it, or mend its settings.';
    return reason === undefined
      ? `The credentials of ${whose} are missing or have expired. ${next}`
      : `There are no credentials of ${whose} (${reason}). ${next}`;
  },
  'aws.accessDenied': ({ action, resource, because }) =>
    because === undefined
      ? `AWS does not allow you "${action}" on "${resource}". Ask for that permission.`
      : `AWS does not allow you "${action}" on "${resource}" (${because}). Ask whoever has set that.`,
  'aws.certificate': ({ endpoint, reason }) =>
    `The certificate of "${endpoint}" is not trusted (${reason}). Name its authority's file in NODE_EXTRA_CA_CERTS, or in VS Code in the setting "groundTruth.storage.certificateAuthorities".`,
  'aws.unreachable': ({ endpoint, reason }) => `"${endpoint}" cannot be reached (${reason}).`,
  'aws.overloaded': ({ action, name, reason }) =>
    `${action} could not be done: AWS is overloaded or failing just now (${name}: ${reason}). Run the doctor again in a minute.`,
  'aws.clockWrong': ({ endpoint }) =>
    `The clock of this machine is far from that of "${endpoint}", which refuses what is signed here. Set it, and run the doctor again.`,
  'aws.refused': ({ action, name, reason }) => `${action} was refused (${name}: ${reason})`,
  'bucket.elsewhere': ({ bucket, region }) =>
    `The bucket "${bucket}" is in ${region === undefined ? 'another region' : `the region "${region}"`}: connect to that.`,
  'bucket.notFound': ({ bucket }) => `There is no bucket "${bucket}".`,
  'fix.outdated': ({ what }) =>
    `"${what}" has changed since it was looked at, so nothing was written. Run the doctor again.`,
  'object.changed': ({ uri }) => `"${uri}" was replaced while it was read. Run the doctor again.`,
  'object.notFound': ({ uri }) => `There is no object "${uri}".`,
  'storage.keysMissing': ({ endpoint }) =>
    `The access key of "${endpoint}" is not kept on this machine. Choose the connection again, and enter it.`,
  'storage.keysRefused': ({ endpoint, name }) =>
    `"${endpoint}" does not accept the access key (${name}). Choose the connection again, and enter the right one.`,
  'local.notStarted': ({ reason }) => `Local Ground Truth did not start (${reason}). The log says more.`,
};

export function reasonOf(error: unknown): string {
  if (Failure.is(error)) {
    return sentenceOf(error) ?? error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

function sentenceOf<Code extends FailureCode>({ code, details }: Failure<Code>): string | undefined {
  return sentences[code]?.(details);
}
