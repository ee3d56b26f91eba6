import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Failure } from '../../../src/core/failure.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { user } from '../../support/vscodeModule.js';

describe('the setting that opens the portal to other machines', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('is off', async () => {
    assert.equal(await sharing({ tlsCertificate: 'lab.crt', tlsKey: 'lab.key' }), undefined);
  });

  it('has the TLS files, from the home folder where they are not absolute', async () => {
    const absolute = resolve('lab.key');
    const shared = await sharing({ listen: ' 0.0.0.0:8443 ', tlsCertificate: '~/tls/lab.crt', tlsKey: absolute });
    const certificateFile = join(homedir(), 'tls', 'lab.crt');
    assert.deepEqual(shared, { listen: '0.0.0.0:8443', certificateFile, keyFile: absolute });
  });

  const incomplete = [
    { name: 'a certificate', settings: { listen: '0.0.0.0', tlsKey: 'lab.key' } },
    { name: 'a key', settings: { listen: '0.0.0.0', tlsCertificate: 'lab.crt' } },
    { name: 'either', settings: { listen: '0.0.0.0' } },
  ];
  for (const { name, settings } of incomplete) {
    it(`opens nothing without ${name}, and says what is missing`, async () => {
      await assert.rejects(sharing(settings), (error) => {
        assert.ok(Failure.is(error, 'local.notStarted'));
        assert.match(error.details.reason, /"groundTruth\.local\.tlsCertificate" and "groundTruth\.local\.tlsKey"/u);
        return true;
      });
    });
  }

  it('is warned of when the server opens it, with the way to take it back', async () => {
    const { warnOfSharing } = await import('../../../src/host/support/portalSharing.js');
    const server = { endpoint: '', region: '', accountId: '', accessKeyId: '', secretAccessKey: '', portal: '' };
    warnOfSharing(server);
    assert.equal(user.asked.length, 0);
    warnOfSharing({ ...server, sharedPortal: 'https://lab.example:8443/' });
    assert.match(
      user.asked[0]?.text ?? '',
      /Other machines can open the labeling portal, at "https:\/\/lab\.example:8443\/"/u,
    );
    assert.deepEqual(user.asked[0]?.choices, ['Copy Portal Link', 'Open Settings']);
  });
});

async function sharing(settings: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(settings)) {
    user.settings.set(`local.${name}`, value);
  }
  const { portalSharing } = await import('../../../src/host/support/portalSharing.js');
  return portalSharing();
}
