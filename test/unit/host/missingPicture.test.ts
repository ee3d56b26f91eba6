import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { MissingCause } from '../../../src/protocol/manifestEditor.js';
import { fakeVscode } from '../../support/fakeVscode.js';

describe('why there is no picture', () => {
  let told: (error: unknown) => { readonly cause: MissingCause; readonly reason: string };
  let ofFile: (code: string) => Error;
  before(async () => {
    fakeVscode();
    const { FileSystemError } = await import('vscode');
    const { missingPicture } = await import('../../../src/host/editors/missingPicture.js');
    told = (error) => missingPicture(error, 'cats/1.jpg');
    ofFile = (code) => Object.assign(FileSystemError.Unavailable('The disk is gone'), { code });
  });

  const files: readonly { readonly code: string; readonly cause: MissingCause; readonly reason: RegExp }[] = [
    {
      code: 'FileNotFound',
      cause: 'notFound',
      reason: /^There is no file "cats\/1\.jpg" beside the manifest\. Put it there/u,
    },
    { code: 'FileNotADirectory', cause: 'notFound', reason: /^There is no file/u },
    { code: 'NoPermissions', cause: 'noAccess', reason: /^"cats\/1\.jpg" may not be read by you\./u },
    { code: 'FileIsADirectory', cause: 'notAPicture', reason: /^"cats\/1\.jpg" is a folder/u },
    { code: 'Unavailable', cause: 'unreachable', reason: /cannot be read just now: The disk is gone$/u },
    { code: 'Unknown', cause: 'other', reason: /cannot be read just now: The disk is gone$/u },
  ];
  for (const { code, cause, reason } of files) {
    it(`is "${cause}" of a file with the error ${code}`, () => {
      const missing = told(ofFile(code));
      assert.equal(missing.cause, cause);
      assert.match(missing.reason, reason);
    });
  }

  const failures: readonly { readonly failure: Error; readonly cause: MissingCause }[] = [
    { failure: new Failure('object.notFound', { uri: 's3://b/1.jpg' }), cause: 'notFound' },
    { failure: new Failure('bucket.notFound', { bucket: 'b' }), cause: 'notFound' },
    { failure: new Failure('aws.accessDenied', { action: 's3:GetObject', resource: 'b' }), cause: 'noAccess' },
    { failure: new Failure('aws.signedOut', {}), cause: 'noAccess' },
    { failure: new Failure('aws.unreachable', { endpoint: 'e', reason: 'ENOTFOUND' }), cause: 'unreachable' },
    { failure: new Failure('local.notStarted', { reason: 'r', log: 'l' }), cause: 'unreachable' },
    { failure: new Failure('aws.refused', { action: 'a', name: 'n', reason: 'r' }), cause: 'other' },
    { failure: new TypeError('x is undefined'), cause: 'other' },
  ];
  for (const { failure, cause } of failures) {
    it(`is "${cause}" where reading failed with: ${failure.message}`, () => {
      const missing = told(failure);
      assert.equal(missing.cause, cause);
      assert.notEqual(missing.reason, '');
    });
  }

  it('names what the manifest names, and leads to what helps there', () => {
    const { reason: ofBucket } = told(new Failure('bucket.notFound', { bucket: 'b' }));
    assert.match(ofBucket, /^There is no bucket "b" in this connection\. Choose another connection, /u);
    const { reason: ofObject } = told(new Failure('object.notFound', { uri: 's3://b/1.jpg' }));
    assert.match(ofObject, /^There is no object "s3:\/\/b\/1\.jpg" in this connection\. Upload it, /u);
    assert.doesNotMatch(ofBucket + ofObject, /explorer/u);
  });
});
