// npm run bench [name…]: runs the benchmarks, or those that are named, and prints one line of JSON for each measure.
import process from 'node:process';
import type { Bench } from './measure.js';
import { within } from './within.js';

/** None takes so long, even on a machine that is busy with something else. */
const longestSeconds = 30 * 60;

const benches: Readonly<Record<string, () => Promise<{ readonly bench: Bench }>>> = {
  activation: () => import('./activation.js'),
  compare: () => import('./manifestComparison.js'),
  consolidation: () => import('./consolidation.js'),
  galleryScroll: () => import('./galleryScroll.js'),
  manifest: () => import('./manifestScan.js'),
  lint: () => import('./lint.js'),
  manifestFuzz: () => import('./manifestFuzz.js'),
  manifestGrowth: () => import('./manifestGrowth.js'),
  manifestQueries: () => import('./manifestQueries.js'),
  manifestWorkbench: () => import('./manifestWorkbench.js'),
  labelingIntake: () => import('./labelingIntake.js'),
  labelingLarge: () => import('./labelingLarge.js'),
  labelingLatency: () => import('./labelingLatency.js'),
  labelingLoad: () => import('./labelingLoad.js'),
  thumbnails: () => import('./thumbnails.js'),
  upload: () => import('./upload.js'),
};

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`The bench failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1); // Whatever it still waits for is not to keep it alive.
});

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in benches));
  if (unknown.length > 0) {
    console.error(`There is no bench "${unknown.join('", "')}". There are: ${Object.keys(benches).join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  for (const [name, load] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) {
      const { bench } = await load();
      for (const measure of await within(longestSeconds, `"${name}"`, bench())) {
        console.log(JSON.stringify(measure));
      }
    }
  }
}
