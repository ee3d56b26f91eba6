import type { BucketRecord, DeleteMarker, ObjectRecord, VersionMark } from '../store/records.js';
import { versionIdOf } from '../store/versionRecords.js';

type Headers = Readonly<Record<string, string>>;

const versionHeader = 'x-amz-version-id';

/** Which version a request has made: told of one with an id of its own, so not where versioning is suspended. */
export function madeVersionHeaders(version: VersionMark | undefined): Headers {
  return version === undefined || version.id === 'null' ? {} : { [versionHeader]: version.id };
}

/** Which version a request has read, in a bucket that keeps versions or has kept them. */
export function readVersionHeaders({ settings }: BucketRecord, object: ObjectRecord, name = versionHeader): Headers {
  return settings.versioning === undefined ? {} : { [name]: versionIdOf(object) };
}

export function markerHeaders({ version }: DeleteMarker): Headers {
  return { 'x-amz-delete-marker': 'true', [versionHeader]: version.id };
}
