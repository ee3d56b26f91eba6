import type { Page } from 'playwright-core';

/** Resolves when the focus is in the control: it moves after the rows are drawn again. */
export async function focusIn(page: Page, id: string): Promise<void> {
  await page.waitForFunction((expected) => document.activeElement?.id === expected, id);
}

/** A field with its label, hint and problem. */
export function field(name: string): string {
  return `[data-field="${name}"]`;
}

/** The box inside a control of the toolkit. */
export function typed(id: string): string {
  return `[id="${id}"] input, [id="${id}"] textarea`;
}
