import { parseArgs } from 'node:util';

export interface CommandLine {
  readonly dataFolder: string;
  readonly port: number;
  readonly region: string;
  readonly idleMinutes: number | undefined;
}

export const usage = 'Usage: server.js --data FOLDER [--port 0] [--region us-east-1] [--idle-minutes N]';

/** Throws with a sentence that says what is wrong. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
      region: { type: 'string', default: 'us-east-1' },
      'idle-minutes': { type: 'string' },
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
  return { dataFolder: values.data, port, region: values.region, idleMinutes };
}
