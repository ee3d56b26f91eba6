import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Decision } from '../../src/core/review/review.js';
import { until } from './galleryPages.js';
import { type ManifestHost, manifestHost, stateOf } from './manifestHost.js';
import type { ManifestPages } from './manifestPages.js';

/** The page of a manifest, with its first object open to be reviewed. */
export async function openReview(pages: ManifestPages, manifest: string) {
  const host = await manifestHost(manifest);
  const page = await pages.show(host);
  /** Another text comes into the manifest's place from outside. */
  const replace = async (text: string): Promise<void> => {
    await host.replace(text);
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    pages.host.emit('review.changed', { decided: undefined, state: stateOf(host.review) });
  };
  host.onReview = (one) => pages.host.emit('review.changed', { decided: one, state: stateOf(host.review) });
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByText(/^1 of /u).waitFor();
  return { page, host, replace };
}

/** The page goes on before the host has heard of it: what it has heard then is waited for. */
export async function untilDecided(page: Page, host: ManifestHost, wanted: readonly string[]): Promise<void> {
  await until(page, () => host.review.decided.length === wanted.length);
  const decided = host.review.decided.map(({ line, decision }) => `${line} ${said(decision)}`);
  assert.deepEqual(decided, wanted);
}

/** The class that a label is changed to; `accepted`, or `-` where nothing is said of it. */
export function said(decision: Decision | undefined): string {
  const { verdict } = decision ?? {};
  return verdict?.kind === 'changed' ? verdict.className : (verdict?.kind ?? '-');
}
