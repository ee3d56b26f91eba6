import assert from 'node:assert/strict';
import { currentTask, labJob, openLabeling, progressIs, sitDown } from '../support/labelingPages.js';
import { PageHarness } from '../support/pageHarness.js';

describe('labeling page, of pictures that cannot be shown', () => {
  let harness: PageHarness;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(() => harness.dispose());

  const broken = [
    { name: 'is not there', content: undefined, text: 'There is no object "s3://lab/10.jpg".' },
    {
      name: 'may not be read',
      content: 'Access to "s3://lab/10.jpg" is denied.',
      text: 'Access to "s3://lab/10.jpg" is denied.',
    },
    { name: 'is empty', content: new Uint8Array(), text: 'The file is empty.' },
    {
      name: 'is no picture',
      content: new TextEncoder().encode('not a picture'),
      text: 'it is not a picture, or it is damaged',
    },
  ];
  for (const { name, content, text } of broken) {
    it(`says why a picture that ${name} cannot be shown, and goes on`, async () => {
      const { job, objects } = await labJob(3);
      const lab = await sitDown({
        job,
        objects: new Map<string, Uint8Array | string>(objects).set('s3://lab/10.jpg', ''),
      });
      lab.test.objects.delete('s3://lab/10.jpg');
      if (content !== undefined) {
        lab.test.objects.set('s3://lab/10.jpg', content);
      }
      const { page, close } = await openLabeling(harness, lab);
      await currentTask(page).locator('.stage img').waitFor();
      await page.keyboard.press('1');
      await page.keyboard.press('Enter');
      const card = page.getByRole('alertdialog');
      await card.getByText(text).waitFor();
      await page.keyboard.press('Enter'); // The first button has the focus.
      await progressIs(page, '2 of 3');
      await page.keyboard.press('2');
      await currentTask(page).getByRole('radio', { name: 'dog', checked: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: "You're finished" }).waitFor();
      assert.deepEqual(lab.portal.states, ['answered', 'declined', 'answered']);
      await close();
    });
  }

  it('reads a broken picture again when asked to', async () => {
    const { job, objects } = await labJob(1);
    const lab = await sitDown({ job, objects });
    const bytes = lab.test.objects.get('s3://lab/0.jpg') ?? '';
    lab.test.objects.delete('s3://lab/0.jpg');
    const { page, close } = await openLabeling(harness, lab);
    await page.getByRole('alertdialog').waitFor();
    lab.test.objects.set('s3://lab/0.jpg', bytes);
    await page.getByRole('button', { name: 'Try Again' }).click();
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    await close();
  });
});
