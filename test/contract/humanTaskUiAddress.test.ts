import assert from 'node:assert/strict';
import {
  CreateHumanTaskUiCommand,
  DeleteHumanTaskUiCommand,
  DescribeHumanTaskUiCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { systemClock } from '../../src/local/clock.js';
import { startTestServer, type TestServer } from '../support/localServer.js';

const content = '<script>document.cookie</script><p>é</p>';

describe('the address of a human task UI’s template', () => {
  let server: TestServer;
  let client: SageMakerClient;
  let lateMs: number;
  before(async () => {
    const clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + lateMs) };
    lateMs = 0;
    server = await startTestServer({ clock });
    client = new SageMakerClient(server.clientConfig);
  });
  beforeEach(async () => {
    lateMs = 0;
    await client.send(new CreateHumanTaskUiCommand({ HumanTaskUiName: 'mine', UiTemplate: { Content: content } }));
  });
  afterEach(async () => {
    lateMs = 0;
    await client.send(new DeleteHumanTaskUiCommand({ HumanTaskUiName: 'mine' }));
  });
  after(async () => server.stop());

  it('gives the template, as a text that runs nowhere', async () => {
    const reply = await fetch(await address());
    assert.equal(reply.status, 200);
    assert.equal(await reply.text(), content);
    assert.equal(reply.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.match(reply.headers.get('content-security-policy') ?? '', /^sandbox;/u);
    assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
  });

  it('is good for an hour', async () => {
    const url = await address();
    lateMs = 59 * 60_000;
    assert.equal((await fetch(url)).status, 200);
    lateMs = 61 * 60_000;
    assert.equal((await fetch(url)).status, 403);
  });

  it('is not good for the next template of that name', async () => {
    const url = await address();
    await client.send(new DeleteHumanTaskUiCommand({ HumanTaskUiName: 'mine' }));
    assert.equal((await fetch(url)).status, 403);
    await client.send(new CreateHumanTaskUiCommand({ HumanTaskUiName: 'mine', UiTemplate: { Content: 'other' } }));
    assert.equal((await fetch(url)).status, 403);
  });

  const forged: readonly { readonly name: string; readonly change: (url: URL) => void }[] = [
    { name: 'another time', change: ({ searchParams }) => searchParams.set('expires', '9999999999') },
    { name: 'another signature', change: ({ searchParams }) => searchParams.set('signature', 'ab'.repeat(32)) },
    { name: 'a signature that is none', change: ({ searchParams }) => searchParams.set('signature', 'zz') },
    { name: 'no signature', change: ({ searchParams }) => searchParams.delete('signature') },
  ];
  for (const { name, change } of forged) {
    it(`is refused with ${name}`, async () => {
      const url = await address();
      change(url);
      assert.equal((await fetch(url)).status, 403);
    });
  }

  async function address(): Promise<URL> {
    const { UiTemplate: template } = await client.send(new DescribeHumanTaskUiCommand({ HumanTaskUiName: 'mine' }));
    return new URL(template?.Url ?? '');
  }
});
