import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalServer } from '../../src/core/ports.js';

/** One version, or delete marker, of a key. */
export interface KeptVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
}

export interface VersionedBucket {
  /** In S3's order: key by key, the newest first. */
  versions: readonly KeptVersion[];
  uploads: readonly { readonly key: string; readonly id: string }[];
  readonly status: 'Enabled' | 'Suspended';
}

export interface VersionedS3 {
  readonly server: LocalServer;
  readonly bucket: VersionedBucket;
  /** `GET versions` and the like, in order. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** What S3 answers instead of doing what it is asked: an XML error, or one for each of these keys. */
export interface Refusals {
  /** By `GET versions` and the like: the status and the code; once, or each time that it is asked. */
  readonly whole?: Map<string, { readonly status: number; readonly code: string; times: number }>;
  /** The code for a version that is to be deleted; none deletes it. */
  readonly each?: (version: { readonly key: string; readonly versionId: string }) => string | undefined;
}

/**
 * A bucket that keeps versions, which Local Ground Truth has not: as much of S3 as it takes to empty and delete it, with
 * the XML of its API reference (ListObjectVersions, DeleteObjects, ListMultipartUploads).
 */
export async function startVersionedS3(bucket: VersionedBucket, refusals: Refusals = {}): Promise<VersionedS3> {
  const asked: string[] = [];
  const http = createServer((request, response) => {
    void reply(request, response);
  });
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const what = `${request.method} ${subResourceOf(url)}`;
    const body = await readText(request);
    asked.push(what);
    const refusal = refusals.whole?.get(what);
    const { status, text } =
      refusal && refusal.times > 0 ? refuse(refusal) : answer(bucket, { what, url, body, each: refusals.each });
    response.writeHead(status, { 'content-type': 'application/xml' }).end(text);
  };
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    bucket,
    asked,
    server: {
      endpoint,
      portal: `${endpoint}/portal`,
      region: 'us-east-1',
      accountId: '111122223333',
      accessKeyId: 'key',
      secretAccessKey: 'secret',
    },
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

interface Asked {
  readonly what: string;
  readonly url: URL;
  readonly body: string;
  readonly each: Refusals['each'];
}

function refuse(refusal: { readonly status: number; readonly code: string; times: number }): Reply {
  refusal.times -= 1;
  return error(refusal.status, refusal.code);
}

function answer(bucket: VersionedBucket, asked: Asked): Reply {
  switch (asked.what) {
    case 'GET versioning':
      return xml(`<VersioningConfiguration><Status>${bucket.status}</Status></VersioningConfiguration>`);
    case 'GET versions':
      return xml(versionsPage(bucket.versions, asked.url.searchParams));
    case 'POST delete':
      return xml(deleteVersions(bucket, asked));
    case 'GET uploads':
      return xml(uploadsPage(bucket.uploads, asked.url.searchParams));
    case 'DELETE uploadId':
      bucket.uploads = bucket.uploads.filter(({ id }) => id !== asked.url.searchParams.get('uploadId'));
      return { status: 204, text: '' };
    case 'DELETE ':
      return bucket.versions.length > 0 ? error(409, 'BucketNotEmpty') : { status: 204, text: '' };
    default:
      return error(501, 'NotImplemented');
  }
}

function versionsPage(versions: readonly KeptVersion[], query: URLSearchParams): string {
  const [key, id] = [query.get('key-marker') ?? '', query.get('version-id-marker') ?? ''];
  // What was listed last is gone by now: ids are in the order of the listing.
  const rest = versions.filter((version) => version.key > key || (version.key === key && version.versionId > id));
  const page = rest.slice(0, 1_000);
  const last = page.at(-1);
  const isTruncated = page.length < rest.length;
  return `<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${isTruncated}</IsTruncated>${
    isTruncated && last
      ? `<NextKeyMarker>${last.key}</NextKeyMarker><NextVersionIdMarker>${last.versionId}</NextVersionIdMarker>`
      : ''
  }${page.map(versionXml).join('')}</ListVersionsResult>`;
}

function versionXml({ key, versionId, isDeleteMarker }: KeptVersion): string {
  const element = isDeleteMarker ? 'DeleteMarker' : 'Version';
  return `<${element}><Key>${key}</Key><VersionId>${versionId}</VersionId><IsLatest>false</IsLatest></${element}>`;
}

function deleteVersions(bucket: VersionedBucket, { body, each = () => undefined }: Asked): string {
  const objects = [
    ...body.matchAll(/<Object><Key>(?<key>[^<]*)<\/Key><VersionId>(?<id>[^<]*)<\/VersionId><\/Object>/gu),
  ];
  const gone = new Set<string>();
  const errors: string[] = [];
  for (const { groups: { key = '', id: versionId = '' } = {} } of objects) {
    const code = each({ key, versionId });
    if (code === undefined) {
      gone.add(versionId);
    } else {
      errors.push(
        `<Error><Key>${key}</Key><VersionId>${versionId}</VersionId><Code>${code}</Code><Message>${code}!</Message></Error>`,
      );
    }
  }
  bucket.versions = bucket.versions.filter(({ versionId }) => !gone.has(versionId));
  return `<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${errors.join('')}</DeleteResult>`;
}

function uploadsPage(uploads: VersionedBucket['uploads'], query: URLSearchParams): string {
  const after = query.get('upload-id-marker') ?? '';
  const rest = uploads.filter(({ id }) => id > after);
  const page = rest.slice(0, 2);
  const last = page.at(-1);
  const isTruncated = page.length < rest.length;
  return `<ListMultipartUploadsResult><IsTruncated>${isTruncated}</IsTruncated>${
    isTruncated && last
      ? `<NextKeyMarker>${last.key}</NextKeyMarker><NextUploadIdMarker>${last.id}</NextUploadIdMarker>`
      : ''
  }${page
    .map(({ key, id }) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`)
    .join('')}</ListMultipartUploadsResult>`;
}

function subResourceOf({ searchParams }: URL): string {
  const names = ['versioning', 'versions', 'delete', 'uploads', 'uploadId', 'list-type'];
  return names.find((name) => searchParams.has(name)) ?? '';
}

function xml(text: string): Reply {
  return { status: 200, text: `<?xml version="1.0" encoding="UTF-8"?>\n${text}` };
}

function error(status: number, code: string): Reply {
  return { ...xml(`<Error><Code>${code}</Code><Message>${code}!</Message></Error>`), status };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}
