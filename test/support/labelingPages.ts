import { readdir, readFile } from 'node:fs/promises';
import type { FrameLocator, Page } from 'playwright-core';
import { imageClassificationTemplate } from '../../src/core/templates/builtInTemplates.js';
import type { WorkerDesk } from '../../src/core/portal/workerDesk.js';
import type { LabelingPage } from '../../src/protocol/labelingPage.js';
import { FakeWorkerPortal, type FakeJob } from './fakeWorkerPortal.js';
import { TestDesk } from './labelingDesk.js';
import type { OpenedPage, OpenOptions, PageHarness } from './pageHarness.js';

export const worker = 'ana@example.com';
const samples = 'media/samples/traindata_cat_dog_images_20';

/** The lab's job: its pictures, classes and instructions. */
export async function labJob(count = 20, change: Partial<FakeJob> = {}) {
  const names = (await readdir(samples)).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  const objects = new Map<string, Uint8Array>();
  for (const name of names) {
    objects.set(`s3://lab/${name}`, await readFile(`${samples}/${name}`));
  }
  const inputs = Array.from({ length: count }, (_, index) => ({
    taskObject: `s3://lab/${names[index % names.length]}`,
    labels: ['cat', 'dog'],
  }));
  const template = imageClassificationTemplate({
    header: `Please classify the images as 'cat' or 'dog'`,
    shortInstructions: 'Look at the whole animal. Pick <b>one</b> class, then submit.',
    fullInstructions: `<h2>What counts</h2>\n\nA picture shows one animal. Pick the class that it belongs to, whatever its pose, size or background.\n\n<ul><li>Kittens are cats.</li><li>Puppies are dogs.</li></ul>`,
    goodExample: { source: { bucket: 'lab', key: '0.jpg' }, description: 'The whole animal can be seen.' },
    badExample: { source: { bucket: 'lab', key: '199.jpg' }, description: 'Do not pick by colour alone.' },
  });
  return { job: { template, inputs, ...change }, objects };
}

export interface Lab {
  readonly portal: FakeWorkerPortal;
  readonly test: TestDesk;
  readonly desk: WorkerDesk;
}

/** A worker who is signed in and has sat down at the desk. */
export async function sitDown(
  { job, objects }: { readonly job: FakeJob; readonly objects: ReadonlyMap<string, Uint8Array | string> },
  { isSignedIn = true, startsJob = true } = {},
): Promise<Lab> {
  const portal = new FakeWorkerPortal(job);
  const test = new TestDesk(portal);
  for (const [uri, content] of objects) {
    test.objects.set(uri, content);
  }
  if (isSignedIn) {
    portal.mustChangePassword = false;
    const result = await portal.signIn({ email: worker, password: portal.password });
    if (result.kind === 'signedIn') {
      test.sessions.set(worker, result.session);
    }
  }
  const desk = test.desk();
  await desk.sit(worker, startsJob ? 'cats-and-dogs' : undefined);
  return { portal, test, desk };
}

export async function openLabeling(
  harness: PageHarness,
  { test, desk }: Pick<Lab, 'test' | 'desk'>,
  options: Partial<Omit<OpenOptions<LabelingPage>, 'page' | 'handlers'>> = {},
): Promise<OpenedPage<LabelingPage>> {
  const opened = await harness.open<LabelingPage>({ page: 'labeling', handlers: test.handlers(desk), ...options });
  test.onConnection = (state) => opened.host.emit('connection.changed', state);
  test.onSignedOut = () => {
    void desk.view(new AbortController().signal).then((view) => opened.host.emit('view.changed', view));
  };
  return opened;
}

export function currentTask(page: Page): FrameLocator {
  return page.frameLocator('iframe.isCurrent');
}

/** Waits until the current task's picture is the one of `name`. */
export async function progressIs(page: Page, text: string): Promise<void> {
  await page.locator('.progress .number', { hasText: new RegExp(`^${text}$`, 'u') }).waitFor();
}

/** Waits until the keyboard is the current task's. */
export async function taskHasKeyboard(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.matches('iframe.isCurrent') === true);
}
