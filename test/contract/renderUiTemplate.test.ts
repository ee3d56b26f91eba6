import assert from 'node:assert/strict';
import { RenderUiTemplateCommand } from '@aws-sdk/client-sagemaker';
import { type Clients, clientsOf, createInput, createRole, imageTemplate, onePixel } from '../support/lab.js';
import { startTestServer, type TestServer } from '../support/localServer.js';

describe('RenderUiTemplate', () => {
  let server: TestServer;
  let clients: Clients;
  let RoleArn: string;
  before(async () => {
    server = await startTestServer();
    clients = clientsOf(server.clientConfig);
    RoleArn = await createRole(clients, 'role');
    await createInput(clients, { bucket: 'pictures', pictures: ['a b/ñ+%.png'], lines: ['{}'] });
  });
  after(async () => server.stop());

  it('gives a page that can read the pictures of its task', async () => {
    const { RenderedContent: page = '', Errors: errors } = await render(imageTemplate, {
      taskObject: 's3://pictures/a b/ñ+%.png',
      labels: ['a "b"', 'c'],
    });
    assert.deepEqual(errors, []);
    assert.match(page, /categories="\[&quot;a \\&quot;b\\&quot;&quot;,&quot;c&quot;\]"/u);
    const [, address = ''] = /src="(http:[^"]+)"/u.exec(page) ?? [];
    const picture = await fetch(address.replaceAll('&amp;', '&'));
    assert.equal(picture.status, 200);
    assert.deepEqual(Buffer.from(await picture.arrayBuffer()), onePixel);
  });

  it('answers with what is wrong with a template', async () => {
    const { Errors: errors } = await render('{{ task.input.x | unknown_filter }}', {});
    assert.equal(errors?.length, 1);
    assert.match(errors[0]?.Message ?? '', /unknown_filter/u);
  });

  it('refuses a role that SageMaker may not take on', async () => {
    RoleArn = 'arn:aws:iam::111122223333:role/nobody';
    await assert.rejects(render('x', {}), { name: 'ValidationException' });
  });

  async function render(content: string, input: object) {
    return clients.sageMaker.send(
      new RenderUiTemplateCommand({
        UiTemplate: { Content: content },
        Task: { Input: JSON.stringify(input) },
        RoleArn,
      }),
    );
  }
});
