import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { currentTask, labJob, openLabeling, sitDown } from '../support/labelingPages.js';
import { PageHarness } from '../support/pageHarness.js';

/** A job of one task with a template of the owner's own. */
async function jobWith(template: string) {
  const { job, objects } = await labJob(1);
  return { job: { ...job, template }, objects };
}

describe('a template of the job owner', () => {
  let harness: PageHarness;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(async () => harness.dispose());

  const answers = [
    {
      name: 'fills a hidden field while it is submitted',
      template: `<crowd-form><input type="hidden" name="seconds"><p>Text</p></crowd-form>
        <script>document.querySelector('crowd-form').onsubmit = () => {
          document.querySelector('[name=seconds]').value = '7';
        };</script>`,
      answer: { seconds: '7' },
    },
    {
      name: 'has radio buttons, a text and a selection',
      template: `<crowd-form>
        <label><input type="radio" name="mood" value="good" checked>good</label>
        <label><input type="radio" name="mood" value="bad">bad</label>
        <input type="checkbox" name="sure"><input name="empty"><input name="note" value="n">
        <select name="size"><option>S</option><option selected>M</option></select>
        <crowd-input name="who" label="Who?" value="Ana"></crowd-input>
        <crowd-text-area name="why" label="Why?"></crowd-text-area>
      </crowd-form>`,
      answer: { mood: { bad: false, good: true }, note: 'n', size: 'M', sure: { on: false }, who: 'Ana' },
    },
    {
      name: 'stores the address of a picture',
      template: `<img id="p" src="{{ task.input.taskObject | grant_read_access }}">
        <crowd-form><input type="hidden" name="url"><input type="hidden" name="path"></crowd-form>
        <script>
          document.querySelector('[name=url]').value = p.src;
          document.querySelector('[name=path]').value = new URL(p.src).pathname;
        </script>`,
      answer: { path: 'lab/0.jpg', url: 'https://s3.amazonaws.com/lab/0.jpg' },
    },
    {
      name: 'presses submit twice',
      template: `<crowd-form><input type="hidden" name="a" value="1"><button id="b">Done</button></crowd-form>
        <script>b.addEventListener('click', () => document.querySelector('crowd-form').submit());</script>`,
      answer: { a: '1' },
    },
  ];
  for (const { name, template, answer } of answers) {
    it(`${name}, and the answer is exact`, async () => {
      const lab = await sitDown(await jobWith(template));
      const { page, close } = await openLabeling(harness, lab);
      await currentTask(page).getByRole('button').last().click();
      await page.getByRole('heading', { name: "You're finished" }).waitFor();
      assert.equal(JSON.stringify(lab.portal.answers), JSON.stringify([{ taskId: 'task-0', answerContent: answer }]));
      await close();
    });
  }

  it('can keep an answer back, and says so with alert', async () => {
    const lab = await sitDown(
      await jobWith(`<crowd-form><input name="a" value="1"></crowd-form>
        <script>document.querySelector('crowd-form').addEventListener('submit', (event) => {
          event.preventDefault();
          alert('Not yet');
        });</script>`),
    );
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Not yet').waitFor();
    assert.deepEqual(lab.portal.answers, []);
    await close();
  });

  it('is told when all elements are ready, and finds a class list that it may change', async () => {
    const lab = await sitDown(
      await jobWith(`<crowd-form><crowd-classifier name="c" header="h" categories="['a', 'b',]">
        <classification-target>Text</classification-target></crowd-classifier></crowd-form>
        <script>document.addEventListener('all-crowd-elements-ready', () => {
          document.querySelector('crowd-classifier').categories = ['x', 'y', 'z'];
        });</script>`),
    );
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).getByRole('radio', { name: 'z' }).click();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(lab.portal.answers[0]?.answerContent, { c: { label: 'z' } });
    await close();
  });

  it('reaches neither the network, nor the page around it, nor the host', async () => {
    const reached: string[] = [];
    const listener = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const lab = await sitDown(
      await jobWith(`<crowd-form><input type="hidden" name="found"></crowd-form><script>
        const base = 'http://127.0.0.1:${port}/';
        const found = [];
        const tries = {
          parent: () => parent.document.title,
          top: () => top.location.href,
          vscode: () => acquireVsCodeApi(),
          start: () => startGroundTruthFrame.name,
          storage: () => localStorage.length,
        };
        for (const [name, run] of Object.entries(tries)) {
          try { run(); found.push(name); } catch {}
        }
        parent.postMessage({ kind: 'event', event: 'view.changed', data: { kind: 'restricted' } }, '*');
        const image = new Image();
        image.src = base + 'image';
        const script = document.createElement('script');
        script.src = base + 'script';
        document.body.append(script);
        const frame = document.createElement('iframe');
        frame.src = base + 'frame';
        document.body.append(frame);
        navigator.sendBeacon(base + 'beacon');
        try { new WebSocket('ws://127.0.0.1:${port}/socket'); } catch {}
        fetch(base + 'fetch').then(() => found.push('fetch'), () => {}).finally(() => {
          document.querySelector('[name=found]').value = found.join();
          document.querySelector('crowd-form').submit();
        });
      </script>`),
    );
    const { page, close } = await openLabeling(harness, lab);
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(lab.portal.answers[0]?.answerContent, { found: '' });
    assert.deepEqual(reached, []);
    assert.equal(await page.getByText('This workspace is restricted').count(), 0);
    await close();
    await new Promise((resolve) => listener.close(resolve));
  });

  it('sends no packet through WebRTC, nor through that of an empty frame of its own', async () => {
    const packets: Buffer[] = [];
    const listener = createSocket('udp4').on('message', (packet) => packets.push(packet));
    listener.bind(0, '127.0.0.1');
    await once(listener, 'listening');
    listener.unref();
    const lab = await sitDown(
      await jobWith(`<crowd-form><input type="hidden" name="made"></crowd-form><script>
        const child = document.body.appendChild(document.createElement('iframe'));
        const iceServers = [{ urls: 'stun:127.0.0.1:${listener.address().port}' }];
        const made = [];
        for (const [name, owner] of Object.entries({ own: () => window, child: () => child.contentWindow })) {
          for (const kind of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
            try {
              const connection = new (owner()[kind])({ iceServers });
              connection.createDataChannel('way out');
              void connection.setLocalDescription();
              made.push(name + ' ' + kind);
            } catch {}
          }
        }
        setTimeout(() => {
          document.querySelector('[name=made]').value = made.join();
          document.querySelector('crowd-form').submit();
        }, 500);
      </script>`),
    );
    const { page, close } = await openLabeling(harness, lab);
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(lab.portal.answers[0]?.answerContent, { made: '' });
    assert.deepEqual(packets, []);
    await close();
  });

  it('presses no key that VS Code could hear, and does not change those that are pressed', async () => {
    const lab = await sitDown(
      await jobWith(`<crowd-form><input type="hidden" name="a"></crowd-form><script>
        const press = () => dispatchEvent(new KeyboardEvent('keydown', { key: 'F1', code: 'F1', keyCode: 112 }));
        press();
        document.addEventListener('DOMContentLoaded', press);
        document.addEventListener('all-crowd-elements-ready', press);
        for (const name of ['key', 'code']) {
          Object.defineProperty(KeyboardEvent.prototype, name, { get: () => 'F1' });
        }
        Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true });
      </script>`),
    );
    const { page, close } = await openLabeling(harness, lab);
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      window.addEventListener('keydown', ({ key, code }) => heard.push(key, code));
    });
    await currentTask(page).locator('crowd-form').waitFor();
    await currentTask(page)
      .locator('body')
      .evaluate(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'F1', code: 'F1' })));
    await page.keyboard.press('x');
    await page.waitForFunction(() => (window as unknown as { heard: string[] }).heard.length > 0);
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    assert.deepEqual(heard, ['x', 'KeyX']);
    await close();
  });

  it('gets no hold of the port to the page', async () => {
    const lab = await sitDown(
      await jobWith(`<crowd-form><input name="a" value="1"></crowd-form><script>
        const forge = (port) => port.postMessage({ kind: 'submit', answer: { forged: true } });
        for (const name of ['postMessage', 'addEventListener', 'start', 'close']) {
          const original = MessagePort.prototype[name];
          MessagePort.prototype[name] = function (...given) {
            original.call(this, { kind: 'submit', answer: { forged: name } });
            return original.apply(this, given);
          };
        }
        for (const [type, name] of [[MessageEvent, 'data'], [Event, 'target'], [Event, 'type']]) {
          const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
          Object.defineProperty(type.prototype, name, {
            get() {
              const target = Object.getOwnPropertyDescriptor(Event.prototype, 'currentTarget').get.call(this);
              if (target instanceof MessagePort) { forge(target); }
              return get.call(this);
            },
          });
        }
      </script>`),
    );
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).getByRole('textbox').fill('15');
    await page.getByRole('button', { name: 'Decline task' }).focus();
    await page.keyboard.press('x'); // Goes into the frame, through the port.
    await currentTask(page).getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(lab.portal.answers[0]?.answerContent, { a: '15' });
    await close();
  });

  it('opens no link that nobody asked for', async () => {
    const lab = await sitDown(
      await jobWith(`<crowd-form><button type="button" id="b">More</button></crowd-form><script>
        Object.defineProperty(UserActivation.prototype, 'isActive', { get: () => true });
        open('https://example.com/unasked');
        document.addEventListener('all-crowd-elements-ready', () => open('https://example.com/unasked'));
        b.addEventListener('click', () => open('https://example.com/asked'));
      </script>`),
    );
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).getByRole('button', { name: 'More' }).click();
    await currentTask(page).getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(lab.test.asked, ['link https://example.com/asked']);
    await close();
  });

  const cards = [
    { name: 'that is broken', template: '{{ 1 | shout }}', text: 'undefined filter: shout' },
    {
      name: 'with elements that are not there yet',
      template: '<crowd-form><crowd-bounding-box name="b" labels="[]"></crowd-bounding-box></crowd-form>',
      text: '<crowd-bounding-box>',
    },
  ];
  for (const { name, template, text } of cards) {
    it(`${name} is explained, with a way on`, async () => {
      const lab = await sitDown(await jobWith(template));
      const { page, close } = await openLabeling(harness, lab);
      await page.getByRole('alertdialog').getByText(text).waitFor();
      await page.getByRole('button', { name: 'Stop Working', exact: true }).click();
      await page.getByText('You stopped working').waitFor();
      await close();
    });
  }
});
