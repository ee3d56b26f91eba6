import { linkSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { type InstalledWorkbench, installWorkbench } from '../support/installedWorkbench.js';
import { ExtensionHostMemory, type Memory } from './extensionHostMemory.js';
import { type Measure, rounded } from './measure.js';

/** Two manifests of one size. */
export interface ComparedFiles {
  readonly lines: number;
  readonly here: string;
  readonly there: string;
}

const goalMb = 50;

/**
 * A comparison in the packaged extension in a real VS Code: what the extension host has more of while it is open. The
 * peer is the same extension host after a comparison of small manifests, which has loaded all that any needs.
 */
export async function comparisonMemory(small: ComparedFiles, large: ComparedFiles): Promise<Measure> {
  const installed = await installWorkbench();
  try {
    for (const { lines, here, there } of [small, large]) {
      linkSync(here, join(installed.workspace, names(lines).here));
      linkSync(there, join(installed.workspace, names(lines).there));
    }
    const { workbench, server } = installed;
    await workbench.open();
    await workbench.activity('Ground Truth').click();
    await workbench.view('Buckets').getByText('Create Bucket…').waitFor(); // The extension has started.
    const memory = await ExtensionHostMemory.of(server.pid);
    try {
      return await measure(installed, memory, { small: small.lines, large: large.lines });
    } finally {
      memory.dispose();
    }
  } finally {
    await installed.close();
  }
}

async function measure(
  installed: InstalledWorkbench,
  memory: ExtensionHostMemory,
  lines: { readonly small: number; readonly large: number },
): Promise<Measure> {
  await openBoth(installed, lines.small);
  await compare(installed, lines.small);
  await closeAll(installed);
  const before = await memory.now();
  const idle = memory.children();
  await openBoth(installed, lines.large);
  const opened = memory.children();
  let ms = Number.NaN;
  const most = await memory.mostDuring(async () => {
    ms = await compare(installed, lines.large);
  });
  const open = await memory.now();
  const comparing = memory.children();
  await closeAll(installed);
  const closed = await memory.now();
  const growth = open.pss - before.pss;
  return {
    bench: 'manifest comparison extension host memory',
    oursMs: rounded(ms),
    peer: `the same extension host after a comparison of ${lines.small.toLocaleString('en')} lines each`,
    peerMs: 0, // It is not about time.
    ratio: rounded(open.pss / before.pss),
    linesEach: lines.large,
    growthMb: rounded(growth),
    mostGrowthMb: rounded(most.pss - before.pss),
    ...figures({ before, open, closed }),
    scansPssMb: rounded(opened.pss - idle.pss),
    comparisonPssMb: rounded(comparing.pss - opened.pss),
    leftPssMb: rounded(memory.children().pss - idle.pss),
    machineLoad: rounded((loadavg()[0] ?? 0) / availableParallelism()),
    goalMb,
    isGoalMet: growth <= goalMb,
  };
}

/** The one that is compared comes last, and is in front. */
async function openBoth({ page, workbench }: InstalledWorkbench, lines: number): Promise<void> {
  const { here, there } = names(lines);
  const total = lines.toLocaleString('en');
  for (const name of [there, here]) {
    await page.keyboard.press('Control+p');
    await workbench.quickInput.fill(name);
    await workbench.choice(name).waitFor();
    await page.keyboard.press('Enter');
    await workbench.tab(name).waitFor();
    await workbench.webview(`.totals >> text="${total} objects · ${total} labeled"`);
  }
}

/** How long it takes from the choice to the result. */
async function compare({ workbench }: InstalledWorkbench, lines: number): Promise<number> {
  await workbench.runCommand('Ground Truth: Compare Manifest With…');
  await workbench.choice(names(lines).there).waitFor();
  const startedAt = performance.now();
  await workbench.choice(names(lines).there).click();
  const frame = await workbench.webview('gt-compare-pane');
  await frame.locator('.compare-counts').waitFor();
  await frame.locator('gt-compare-list .source-name').first().waitFor();
  return performance.now() - startedAt;
}

async function closeAll({ workbench }: InstalledWorkbench): Promise<void> {
  await workbench.runCommand('View: Close All Editors');
  await workbench
    .tab(/\.manifest/u)
    .first()
    .waitFor({ state: 'detached' });
}

function names(lines: number) {
  return { here: `first-${lines}.manifest`, there: `second-${lines}.manifest` };
}

function figures(memories: Readonly<Record<string, Memory>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(memories).flatMap(([when, { rss, pss }]) => [
      [`${when}.rssMb`, rounded(rss)],
      [`${when}.pssMb`, rounded(pss)],
    ]),
  );
}
