import { availableParallelism, loadavg } from 'node:os';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Page } from 'playwright-core';
import type { WorkerDesk } from '../../src/core/portal/workerDesk.js';
import type { PortalSession, WorkerPortal } from '../../src/core/portal/workerPortal.js';
import { parseS3Uri } from '../../src/core/s3Uri.js';
import { openLabeling } from '../support/labelingPages.js';
import { labBucket, labJobName, type LabelingServer, labWorker, prepareLab } from '../support/labelingServer.js';
import { deleteDataFolder, spawnTestServer, type ServerProcess } from '../support/localServer.js';
import { PageHarness } from '../support/pageHarness.js';
import { type Measure, percentile, rounded } from './measure.js';
import { within } from './within.js';

const pictures = 100;
/** So many of them go to the peer, which is slower. */
const peerPictures = 30;
const goalMs = 50;
/** A fast worker: a key every third of a second. */
const betweenKeysMs = 300;
/** On a machine that is busy with something else each step takes its time; what takes longer does not come any more. */
const longestStepSeconds = 300;
const longestKeySeconds = 30;
const { signal } = new AbortController();

/**
 * From the key that answers to the next picture on screen, with the answer on disk in between. The peer is the plain
 * page that AWS's portal and most tools are: it sends the answer, and then asks for the next picture by its address.
 */
export async function bench(): Promise<readonly Measure[]> {
  const harness = await step('starting the browser', PageHarness.start());
  let server: ServerProcess | undefined;
  let lab: LabelingServer | undefined;
  try {
    server = await step('starting Local Ground Truth', spawnTestServer());
    const made = await step('drawing the pictures', photographs(harness));
    lab = await step('making the labeling job', prepareLab(server, made));
    lab.test.autoAdvance = true;
    const desk = lab.test.desk();
    await step('signing in', signIn(desk, lab.password));
    const session = lab.test.sessions.get(labWorker);
    if (!session) {
      throw new Error('Nobody is signed in');
    }
    const { page, close } = await step(
      'opening the labeling page',
      openLabeling(harness, { test: lab.test, desk }, { theme: 'dark' }),
    );
    const ours = await measureOurs(page, pictures - peerPictures);
    await step('closing the labeling page', close());
    const peers = await measurePeer(harness, { server, portal: lab.portal, session });
    const oursMs = percentile(ours, 0.95);
    const peerMs = percentile(peers, 0.95);
    return [
      {
        bench: 'labelingLatency',
        oursMs: rounded(oursMs),
        peer: 'answer, then load the next picture',
        peerMs: rounded(peerMs),
        ratio: rounded(oursMs / peerMs),
        oursMedianMs: rounded(percentile(ours, 0.5)),
        peerMedianMs: rounded(percentile(peers, 0.5)),
        answers: ours.length,
        machineLoad: rounded((loadavg()[0] ?? 0) / availableParallelism()),
        goalMs,
        isGoalMet: oursMs <= goalMs,
      },
    ];
  } finally {
    lab?.services.dispose();
    await step('ending the browser', harness.dispose());
    if (server) {
      await step('ending Local Ground Truth', server.end());
      await deleteDataFolder(server.dataFolder);
    }
  }
}

async function step<T>(what: string, work: Promise<T>): Promise<T> {
  return within(longestStepSeconds, what, work);
}

async function signIn(desk: WorkerDesk, password: string): Promise<void> {
  await desk.sit(labWorker, labJobName);
  await desk.signIn(labWorker, password, signal);
  await desk.setNewPassword('Kittens-and-8', signal);
}

/** JPEGs of 1,280 × 960 with detail all over, which no encoder makes small: some 250 KB each. */
async function photographs(harness: PageHarness): Promise<ReadonlyMap<string, Uint8Array>> {
  const page = await harness.blankPage();
  const made = new Map<string, Uint8Array>();
  for (let index = 0; index < pictures; index += 1) {
    made.set(`${index}.jpg`, await page.evaluate(drawPhotograph, index));
  }
  await page.context().close();
  return made;
}

/** Runs in the page. */
async function drawPhotograph(seed: number): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(1_280, 960);
  const context = canvas.getContext('2d');
  if (!context) {
    throw new Error('No canvas');
  }
  context.fillStyle = `hsl(${seed * 37} 60% 70%)`;
  context.fillRect(0, 0, 1_280, 960);
  for (let shape = 0; shape < 6_000; shape += 1) {
    const [hue = 0, light = 0, x = 0, y = 0, width = 0, height = 0] = Array.from({ length: 6 }, Math.random);
    context.fillStyle = `hsl(${hue * 360} 60% ${light * 100}% / 60%)`;
    context.fillRect(x * 1_280, y * 960, width * 24, height * 24);
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
  return new Uint8Array(await blob.arrayBuffer());
}

async function measureOurs(page: Page, count: number): Promise<readonly number[]> {
  await page.locator('iframe.isCurrent').waitFor();
  await page.evaluate(noteSwaps);
  const samples: number[] = [];
  for (let index = 0; index < count; index += 1) {
    await page.waitForTimeout(betweenKeysMs);
    samples.push(
      await within(longestKeySeconds, `the picture after key ${index + 1} of ${count}`, paintedAfterKey(page)),
    );
  }
  return samples;
}

/** Runs in the page: notes when a frame with another task has been painted. */
function noteSwaps(): void {
  const frames = document.querySelector('.frames');
  if (!frames) {
    throw new Error('No frames');
  }
  const times: number[] = [];
  Object.assign(window, { painted: times });
  let shown = document.querySelector('iframe.isCurrent');
  new MutationObserver(() => {
    const now = document.querySelector('iframe.isCurrent');
    if (now && now !== shown) {
      shown = now;
      // A task that is posted from a frame callback runs when that frame has been painted.
      requestAnimationFrame(() => setTimeout(() => times.push(performance.timeOrigin + performance.now())));
    }
  }).observe(frames, { subtree: true, childList: true, attributeFilter: ['class'] });
}

/** Both clocks count from the same epoch. The way of the key into the browser counts as ours. */
async function paintedAfterKey(page: Page): Promise<number> {
  const count = await page.evaluate(() => (window as unknown as { painted: number[] }).painted.length);
  const pressedAt = performance.timeOrigin + performance.now();
  await page.keyboard.press('1');
  const painted = await page.waitForFunction(
    (before) => (window as unknown as { painted: number[] }).painted[before],
    count,
  );
  return Number(await painted.jsonValue()) - pressedAt;
}

interface PeerLab {
  readonly server: ServerProcess;
  readonly portal: WorkerPortal;
  readonly session: PortalSession;
}

async function measurePeer(harness: PageHarness, { server, portal, session }: PeerLab): Promise<readonly number[]> {
  const s3 = new S3Client(server.clientConfig);
  const [job] = await portal.listJobs(session, signal);
  const request = { jobReferenceCode: job?.jobReferenceCode ?? '', count: 1 };
  const page = await harness.blankPage();
  let taskId = '';
  const next = async () => {
    const [task] = await portal.takeTasks(session, request, signal);
    if (!task) {
      return '';
    }
    taskId = task.taskId;
    await portal.acceptTask(session, taskId, signal);
    const { key: Key = '' } = parseS3Uri(JSON.stringify(task.taskInput['taskObject']).slice(1, -1)) ?? {};
    return getSignedUrl(s3, new GetObjectCommand({ Bucket: labBucket, Key }));
  };
  await page.exposeFunction('answerAndNext', async () => {
    await portal.submitAnswer(
      session,
      { taskId, answerContent: { 'crowd-image-classifier': { label: 'cat' } } },
      signal,
    );
    return next();
  });
  await page.evaluate(installPlainPage, await next());
  const samples: number[] = [];
  for (let index = 0; index < peerPictures - 1; index += 1) {
    await page.waitForTimeout(betweenKeysMs);
    samples.push(await within(longestKeySeconds, `the peer's picture after key ${index + 1}`, paintedAfterKey(page)));
  }
  await page.context().close();
  return samples;
}

/** Runs in the page: one picture, and the next after each key. */
function installPlainPage(first: string): void {
  const { answerAndNext } = window as unknown as { answerAndNext: () => Promise<string> };
  const times: number[] = [];
  const image = document.body.appendChild(new Image());
  image.style.width = '100%';
  image.src = first;
  Object.assign(window, { painted: times });
  window.addEventListener('keydown', () => {
    void (async () => {
      image.src = await answerAndNext();
      await image.decode();
      requestAnimationFrame(() => setTimeout(() => times.push(performance.timeOrigin + performance.now())));
    })();
  });
}
