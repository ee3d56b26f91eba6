import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createAwsServices } from '../../../src/aws/services.js';
import type { Services } from '../../../src/core/ports.js';

/** A client of the Local Ground Truth that the extension works with, found the way a person finds it. */
export async function connectToLocalServer(): Promise<Services> {
  const variable = await cliSetup();
  const server = {
    endpoint: variable('AWS_ENDPOINT_URL'),
    region: variable('AWS_DEFAULT_REGION'),
    accessKeyId: variable('AWS_ACCESS_KEY_ID'),
    secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
  };
  return createAwsServices({ kind: 'local', server: { ...server, accountId: '', portal: '' } });
}

export async function localEndpoint(): Promise<string> {
  return (await cliSetup())('AWS_ENDPOINT_URL');
}

async function cliSetup(): Promise<(name: string) => string> {
  await vscode.commands.executeCommand('groundTruth.copyCliSetup');
  const setup = await vscode.env.clipboard.readText();
  return (name) => {
    const value = new RegExp(`^export ${name}='(?<value>.*)'$`, 'm').exec(setup)?.groups?.['value'];
    assert.ok(value, `the setup for the AWS CLI sets no ${name}`);
    return value;
  };
}
