import assert from 'node:assert/strict';
import { source } from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core's `run` answers, as far as it is used here: it has more, which does not come over from the page. */
interface Findings {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/**
 * Fails where axe-core finds something serious or critical in the page, or in what the selector matches. Its script is
 * evaluated as the browser's tools do, so that the page's own policy, which would not load it, stays as it is.
 */
export async function isAccessible(page: Page, selector = 'body'): Promise<void> {
  await page.evaluate(source);
  const { violations } = await page.evaluate<Findings>(`axe.run(${JSON.stringify(selector)})`);
  const findings = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, help, html, failureSummary })));
  assert.deepEqual(findings, []);
}
