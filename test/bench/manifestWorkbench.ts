import { existsSync, linkSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { root } from '../host/dependencies.mjs';
import { type InstalledWorkbench, installWorkbench } from '../support/installedWorkbench.js';
import { ExtensionHostMemory, type Memory } from './extensionHostMemory.js';
import { writeManifest } from './manifestOfMillion.js';
import { type Measure, percentile, rounded } from './measure.js';
import { installProbe, type ProbedWindow } from './rowsProbe.js';
import { arrangements, scrollSteps, type Step } from './rowsSteps.js';

const sizes = { small: 10_000, large: Number(process.env['BENCH_MANIFEST_LINES'] ?? 1_000_000) } as const;
const goals = { firstRowsMs: 100, stepMs: 100, growthMb: 50 } as const;

interface Opened {
  readonly frame: Frame;
  /** From the key that opens it, and from the beginning of the page, to the first rows. */
  readonly firstRowsMs: number;
  readonly pageToRowsMs: number;
  readonly completeMs: number;
}

interface Session {
  readonly opened: Opened;
  readonly steps: ReadonlyMap<string, readonly Step[]>;
}

/**
 * A manifest of a million lines in the packaged extension in a real VS Code, opened and used as people do. The peer is
 * the same in a small manifest: whatever they have in common is VS Code's own, or costs every manifest the same.
 */
export async function bench(): Promise<readonly Measure[]> {
  const installed = await installWorkbench();
  try {
    for (const lines of Object.values(sizes)) {
      await putIntoWorkspace(installed.workspace, lines);
    }
    const { page, workbench, server } = installed;
    await page.addInitScript('globalThis.__name = (target) => target');
    await page.addInitScript(installProbe);
    await page.addInitScript(watchEnter);
    await workbench.open();
    await workbench.activity('Ground Truth').click();
    await workbench.view('Buckets').getByText('Create Bucket…').waitFor(); // The extension has started.
    const memory = await ExtensionHostMemory.of(server.pid);
    try {
      return await measure(installed, memory);
    } finally {
      memory.dispose();
    }
  } finally {
    await installed.close();
  }
}

/** Runs in the page: when the key was pressed that opens a file. */
function watchEnter(): void {
  const page = window;
  page.addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === 'Enter') {
        Object.assign(page, { enteredAt: performance.timeOrigin + timeStamp });
      }
    },
    true,
  );
}

async function measure(installed: InstalledWorkbench, memory: ExtensionHostMemory): Promise<readonly Measure[]> {
  const fresh = await memory.now();
  const small = await use(installed, sizes.small);
  // A webview that starts after a while without any takes VS Code two seconds, whatever it shows: not the peer's, nor ours.
  await reopenSmall(installed);
  const peer = await reopenSmall(installed);
  const before = await memory.now(); // All that any manifest needs is loaded.
  let large: Session | undefined;
  const most = await memory.mostDuring(async () => {
    large = await use(installed, sizes.large);
  });
  if (!large) {
    throw new Error('Nothing was opened');
  }
  const open = await memory.now();
  const children = memory.children();
  await closeAll(installed);
  const closed = await memory.now();
  return [
    ...openingMeasures(peer, large.opened),
    ...stepMeasures(small.steps, large.steps),
    memoryMeasure({ fresh, before, open, closed }, { most, children }),
  ];
}

async function reopenSmall(installed: InstalledWorkbench): Promise<Opened> {
  await closeAll(installed);
  return openManifest(installed, sizes.small);
}

async function closeAll({ workbench }: InstalledWorkbench): Promise<void> {
  await workbench.runCommand('View: Close All Editors');
  await workbench.tab(/\.manifest/u).waitFor({ state: 'detached' });
}

async function use(installed: InstalledWorkbench, lines: number): Promise<Session> {
  const opened = await openManifest(installed, lines);
  const steps = new Map<string, Step[]>();
  for (const taking of [scrollSteps, arrangements]) {
    for await (const taken of taking(installed.page, opened.frame, lines)) {
      steps.set(taken.name, [...(steps.get(taken.name) ?? []), taken]);
    }
  }
  return { opened, steps };
}

async function openManifest({ page, workbench }: InstalledWorkbench, lines: number): Promise<Opened> {
  await page.keyboard.press('Control+p');
  await workbench.quickInput.fill(fileName(lines));
  await workbench.choice(fileName(lines)).waitFor();
  await page.keyboard.press('Enter');
  const total = lines.toLocaleString('en');
  const frame = await workbench.webview(`.totals >> text="${total} objects · ${total} labeled"`);
  await frame.waitForFunction(() => (window as unknown as ProbedWindow).probe.completeAt !== undefined);
  const enteredAt = await page.evaluate(() => (window as unknown as { readonly enteredAt: number }).enteredAt);
  const probe = await frame.evaluate(() => {
    const { openedAt, firstRowsAt = Number.NaN, completeAt = Number.NaN } = (window as unknown as ProbedWindow).probe;
    return { openedAt, firstRowsAt, completeAt };
  });
  return {
    frame,
    firstRowsMs: probe.firstRowsAt - enteredAt,
    pageToRowsMs: probe.firstRowsAt - probe.openedAt,
    completeMs: probe.completeAt - enteredAt,
  };
}

function openingMeasures(small: Opened, large: Opened): readonly Measure[] {
  return [
    {
      ...compared('first rows', large.firstRowsMs, small.firstRowsMs),
      fromPageMs: rounded(large.pageToRowsMs),
      peerFromPageMs: rounded(small.pageToRowsMs),
      // VS Code's own part, a webview that starts, is the same for both and longer than any goal of ours.
      goalMoreThanPeerMs: goals.firstRowsMs,
      isGoalMet: large.firstRowsMs - small.firstRowsMs <= goals.firstRowsMs,
    },
    compared('full breakdown', large.completeMs, small.completeMs),
  ];
}

function stepMeasures(small: Session['steps'], large: Session['steps']): readonly Measure[] {
  return [...large].map(([name, steps]) => stepMeasure(name, steps, small.get(name) ?? []));
}

function stepMeasure(name: string, steps: readonly Step[], peers: readonly Step[]): Measure {
  const ours = steps.map(({ ms }) => ms);
  const others = peers.map(({ ms }) => ms);
  const p95 = percentile(ours, 0.95);
  return {
    ...compared(name, p95, percentile(others, 0.95)),
    medianMs: rounded(percentile(ours, 0.5)),
    peerMedianMs: rounded(percentile(others, 0.5)),
    steps: steps.length,
    stepsWithBlankRows: steps.filter(({ blankFrames }) => blankFrames > 0).length,
    goalMs: goals.stepMs,
    isGoalMet: p95 <= goals.stepMs,
  };
}

function compared(what: string, oursMs: number, peerMs: number): Measure {
  return {
    bench: `manifestWorkbench ${what}`,
    oursMs: rounded(oursMs),
    peer: `the same in a manifest of ${sizes.small.toLocaleString('en')} lines`,
    peerMs: rounded(peerMs),
    ratio: rounded(oursMs / peerMs),
    lines: sizes.large,
    machineLoad: rounded((loadavg()[0] ?? 0) / availableParallelism()),
  };
}

interface Sampled {
  readonly most: Pick<Memory, 'rss' | 'pss'>;
  readonly children: Pick<Memory, 'rss' | 'pss'>;
}

function memoryMeasure(
  { fresh, before, open, closed }: Readonly<Record<'fresh' | 'before' | 'open' | 'closed', Memory>>,
  { most, children }: Sampled,
): Measure {
  const growth = open.pss - before.pss;
  return {
    bench: 'manifestWorkbench extension host memory',
    oursMs: 0, // It is not about time.
    peer: `the same extension host with a manifest of ${sizes.small.toLocaleString('en')} lines`,
    peerMs: 0,
    ratio: rounded(open.pss / before.pss),
    lines: sizes.large,
    growthMb: rounded(growth),
    mostGrowthMb: rounded(most.pss - before.pss),
    mainHeapGrowthMb: rounded(open.mainHeap + open.mainBuffers - before.mainHeap - before.mainBuffers),
    ...figures('fresh', fresh),
    ...figures('before', before),
    ...figures('open', open),
    ...figures('closed', closed),
    mostRssMb: rounded(most.rss),
    mostPssMb: rounded(most.pss),
    childrenRssMb: rounded(children.rss),
    childrenPssMb: rounded(children.pss),
    goalMb: goals.growthMb,
    isGoalMet: growth <= goals.growthMb,
  };
}

function figures(when: string, memory: Memory): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(memory).map(([name, value]) => [`${when}.${name}Mb`, rounded(value as number)]),
  );
}

async function putIntoWorkspace(workspace: string, lines: number): Promise<void> {
  const made = join(root, 'out', `bench-${lines}.manifest`);
  if (!existsSync(made)) {
    await writeManifest(made, lines);
  }
  linkSync(made, join(workspace, fileName(lines)));
}

function fileName(lines: number): string {
  return `bench-${lines}.manifest`;
}
