import { parseArgs } from 'node:util';
import type { FaultRule } from './faults/faultRule.js';
import { readFaults } from './faults/faultsFile.js';
import type { SharedListener } from './sharedPortal.js';

export interface CommandLine {
  readonly dataFolder: string;
  readonly port: number;
  readonly region: string;
  readonly idleMinutes: number | undefined;
  /** Where the portal can be reached from other machines. */
  readonly shared: SharedListener | undefined;
  /** What goes wrong on purpose. */
  readonly faults: readonly FaultRule[];
}

export const usage = [
  'Usage: server.js --data FOLDER [--port 0] [--region us-east-1] [--idle-minutes N]',
  '                 [--listen ADDRESS[:PORT] --tls-certificate FILE --tls-key FILE] [--faults FILE]',
].join('\n');

const defaultSharedPort = 8443;

/** Throws with a sentence that says what is wrong. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
      region: { type: 'string', default: 'us-east-1' },
      'idle-minutes': { type: 'string' },
      listen: { type: 'string' },
      'tls-certificate': { type: 'string' },
      'tls-key': { type: 'string' },
      faults: { type: 'string' },
    },
  });
  if (values.data === undefined || values.data === '') {
    throw new Error('The data folder is missing.');
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`"${values.port}" is no port.`);
  }
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/u.test(values.region)) {
    throw new Error(`"${values.region}" is no region.`);
  }
  const idleMinutes = values['idle-minutes'] === undefined ? undefined : Number(values['idle-minutes']);
  if (idleMinutes !== undefined && !(idleMinutes > 0)) {
    throw new Error(`"${values['idle-minutes']}" is no number of minutes.`);
  }
  const shared = sharedListener(values.listen, values['tls-certificate'], values['tls-key']);
  const faults = values.faults === undefined ? [] : readFaults(values.faults);
  return { dataFolder: values.data, port, region: values.region, idleMinutes, shared, faults };
}

function sharedListener(
  listen: string | undefined,
  certificateFile: string | undefined,
  keyFile: string | undefined,
): SharedListener | undefined {
  if (listen === undefined) {
    if (certificateFile !== undefined || keyFile !== undefined) {
      throw new Error('--tls-certificate and --tls-key go with --listen, which is missing.');
    }
    return undefined;
  }
  const [, bracketed, plain, port = defaultSharedPort] =
    /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/iu.exec(listen) ?? [];
  const address = bracketed ?? plain;
  if (address === undefined || Number(port) > 65_535) {
    throw new Error(`--listen "${listen}" is no address, with or without a port after a colon.`);
  }
  if (certificateFile === undefined || keyFile === undefined) {
    throw new Error(
      `--listen ${listen} needs --tls-certificate and --tls-key: the portal is open to other machines with TLS only.`,
    );
  }
  return { address, port: Number(port), certificateFile, keyFile };
}
