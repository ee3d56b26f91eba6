import assert from 'node:assert/strict';
import { currentTask, labJob, openLabeling, progressIs, sitDown, worker } from '../support/labelingPages.js';
import { PageHarness } from '../support/pageHarness.js';

describe('labeling portal', () => {
  let harness: PageHarness;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(async () => harness.dispose());

  it('signs a new worker in with the invitation, and asks for a password of their own', async () => {
    const lab = await sitDown(await labJob(1), { isSignedIn: false });
    lab.test.invitation = lab.portal.password;
    const { page, close } = await openLabeling(harness, lab);
    assert.equal(await page.locator('#email').evaluate((field) => (field as HTMLInputElement).value), worker);
    await page.getByText('the temporary password from the invitation').waitFor();
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.locator('#newPassword').pressSequentially('short');
    await page.keyboard.press('Enter');
    await page.getByText('At least 8 characters, please.').waitFor();
    await page.locator('#newPassword').pressSequentially('-and-long');
    await page.locator('#repeated').pressSequentially('short-and-long');
    await page.keyboard.press('Enter');
    await currentTask(page).locator('.stage img').waitFor();
    assert.equal(lab.portal.password, 'short-and-long');
    await close();
  });

  it('says that a password is wrong, and lets the worker try again', async () => {
    const lab = await sitDown(await labJob(1), { isSignedIn: false });
    lab.portal.mustChangePassword = false;
    const { page, close } = await openLabeling(harness, lab);
    await page.locator('#password').pressSequentially('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('Incorrect e-mail address or password.').waitFor();
    await page.getByRole('button', { name: 'Show invitations' }).click();
    assert.deepEqual(lab.test.asked, ['invitations']);
    await close();
  });

  it('fills in what the chosen invitation says, in place of a password that was wrong', async () => {
    const lab = await sitDown(await labJob(1), { isSignedIn: false });
    const { page, close } = await openLabeling(harness, lab);
    await page.locator('#password').pressSequentially('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('Incorrect e-mail address or password.').waitFor();
    await page.locator('#password').pressSequentially('wrong again');
    lab.test.invitation = lab.portal.password;
    lab.test.chosenInvitation = worker;
    await page.getByRole('button', { name: 'Show invitations' }).click();
    await page.getByText('Filled in: the temporary password').waitFor();
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.getByRole('heading', { name: 'Choose a password' }).waitFor();
    await close();
  });

  it('leads to the job that a worker signs in for, also where the portal was opened meanwhile', async () => {
    const lab = await sitDown(await labJob(1), { isSignedIn: false });
    lab.portal.mustChangePassword = false;
    await lab.desk.sit(worker, undefined);
    const { page, close } = await openLabeling(harness, lab);
    await page.locator('#password').pressSequentially(lab.portal.password);
    await page.keyboard.press('Enter');
    await currentTask(page).locator('.stage img').waitFor();
    await close();
  });

  it('starts the newest job by Enter, right after signing in', async () => {
    const lab = await sitDown(await labJob(1), { isSignedIn: false, startsJob: false });
    lab.portal.mustChangePassword = false;
    const { page, close } = await openLabeling(harness, lab);
    await page.locator('#password').pressSequentially(lab.portal.password);
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { checked: true }).waitFor();
    await page.keyboard.press('Enter');
    await currentTask(page).locator('.stage img').waitFor();
    await close();
  });

  it('lists the jobs that have work, and starts the one that is selected', async () => {
    const lab = await sitDown(await labJob(3), { startsJob: false });
    const { page, close } = await openLabeling(harness, lab);
    const row = page.getByRole('row').nth(1);
    await row.waitFor();
    const cells = await row.getByRole('cell').allInnerTexts();
    assert.deepEqual(cells.slice(1), [
      'Image Classification (Single Label): Please classify the images\ncats-and-dogs · 3 tasks',
      '123456789012',
      'Available',
      'November 23, 2026 09:15:30 UTC',
    ]);
    await page.getByRole('textbox', { name: 'Search jobs' }).pressSequentially('birds');
    await page.getByText('No job matches "birds".').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Start working' }).isDisabled(), true);
    await page.getByRole('textbox', { name: 'Search jobs' }).fill('');
    await page.getByRole('button', { name: 'Start working' }).click();
    await currentTask(page).locator('.stage img').waitFor();
    await close();
  });

  it('goes on at the count where a worker stopped, who can still take the last answer back', async () => {
    const lab = await sitDown(await labJob(3));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 3');
    await page.getByRole('button', { name: 'Stop working' }).click();
    await page.getByRole('button', { name: 'Start working' }).click();
    await progressIs(page, '1 of 3');
    await page.getByRole('button', { name: 'Undo' }).click();
    await progressIs(page, '0 of 3');
    assert.match(await currentTask(page).getByRole('radio', { checked: true }).innerText(), /^dog/u);
    await close();
  });

  it('says that there is no work, and logs out', async () => {
    const lab = await sitDown(await labJob(0));
    const { page, close } = await openLabeling(harness, lab);
    await page.getByText('"cats-and-dogs" has no task for you right now').waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(lab.test.sessions.size, 0);
    await close();
  });
});
