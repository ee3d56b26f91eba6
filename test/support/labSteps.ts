import type { Frame, FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench.js';

const ownPassword = 'Kittens and puppies 1';

/** The lab's steps by hand, as a person takes them who follows the buttons; each ends when the window says it is done. */
export class LabSteps {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** Looks at the walkthrough until these steps of it are ticked off; resolves to all that are. */
  async stepsDone(expected: readonly string[]): Promise<readonly string[]> {
    await this.#workbench.runCommand('Ground Truth: Open Walkthrough');
    const { page } = this.#workbench;
    for (const id of expected) {
      await page.locator(`[data-done-step-id$="#lab#${id}"][aria-checked="true"]`).waitFor();
    }
    const done = page.locator('[data-done-step-id*="#lab#"][aria-checked="true"]');
    const ids = await done.evaluateAll((steps) => steps.map((step) => step.getAttribute('data-done-step-id') ?? ''));
    return ids.map((id) => id.slice(id.lastIndexOf('#') + 1));
  }

  /** Resolves to the name that was suggested, which is taken. */
  async createBucket(): Promise<string> {
    await this.#workbench.view('Buckets').getByText('Create Bucket…').click();
    const bucket = await this.#workbench.acceptSuggestion('Create Bucket');
    await this.#workbench.notification(`Bucket "${bucket}" is ready`);
    return bucket;
  }

  /** From the button of the notification that the step before left. */
  async getSampleImages(): Promise<void> {
    await this.#press('is ready. Next: pictures to label', 'Get Sample Images');
    await this.#workbench.pickFirst('Get Sample Images');
    await this.#workbench.notification('20 pictures that come with the extension');
  }

  async uploadImages(bucket: string): Promise<void> {
    await this.#press('20 pictures that come with the extension', 'Upload Images…');
    await this.#workbench.choice(bucket).click();
    await this.#workbench.notification(`20 files uploaded to "s3://${bucket}/`);
  }

  /** Resolves to the temporary password of the invitation. */
  async createPrivateTeam(): Promise<{ readonly team: string; readonly email: string; readonly password: string }> {
    await this.#press('20 files uploaded', 'Create Private Team…');
    const team = await this.#workbench.acceptSuggestion('Create Private Team (1/4)');
    const email = await this.#workbench.acceptSuggestion('Create Private Team (2/4)');
    await this.#workbench.acceptSuggestion('Create Private Team (3/4)');
    await this.#workbench.acceptSuggestion('Create Private Team (4/4)');
    const invitation = await this.#workbench.notification(`"${email}" is invited to label. Temporary password: `);
    const password = /Temporary password: (?<password>\S+)/.exec(await invitation.innerText())?.groups?.['password'];
    if (password === undefined) {
      throw new Error('The invitation names no password.');
    }
    await this.#workbench.notification(`Private team "${team}" is ready`);
    return { team, email, password };
  }

  /** All but the last press of the button; resolves to the form and the job's suggested name. */
  async fillInJobForm({ bucket, folder, team }: JobInput): Promise<JobForm> {
    await this.#press(`Private team "${team}" is ready`, 'Create Labeling Job…');
    const form = await this.#workbench.webview('#create');
    const fill = (name: RegExp, text: string) => form.getByRole('textbox', { name }).fill(text);
    await form.getByRole('combobox', { name: 'Bucket' }).selectOption(bucket);
    await fill(/^Folder/, `${folder}/`);
    await form.getByRole('textbox', { name: /^Folder/ }).press('Tab');
    await form.getByText('20 pictures', { exact: true }).waitFor();
    await form.getByRole('combobox', { name: 'Private team' }).selectOption({ label: `${team} (1 member)` });
    await fill(/^Instruction/, "Please classify the images as 'cat' or 'dog'");
    await fill(/^Good example: picture/, `s3://${bucket}/${folder}/0.jpg`);
    await fill(/^Good example: description/, 'A cat, seen whole');
    await fill(/^Bad example: picture/, `s3://${bucket}/${folder}/199.jpg`);
    await fill(/^Bad example: description/, 'Not a cat: this is a dog');
    await fill(/^Label 1/, 'cat');
    await fill(/^Label 2/, 'dog');
    return { form, job: await form.getByRole('textbox', { name: /^Job name/ }).inputValue() };
  }

  async createLabelingJob({ form, job }: JobForm): Promise<void> {
    await form.getByRole('button', { name: 'Create', exact: true }).click();
    await form.getByText(`"${job}" is created.`).waitFor();
  }

  /** From the form's last button; resolves to the page that asks who is working. */
  async startLabeling({ form }: JobForm): Promise<Frame> {
    await form.getByRole('button', { name: 'Start Labeling' }).click();
    return this.#workbench.webview('text=Sign in to the labeling portal');
  }

  /** As the invited worker, who must choose a password of their own. */
  async signIn(page: Frame, { email, password }: { readonly email: string; readonly password: string }): Promise<void> {
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.getByRole('textbox', { name: 'New password' }).fill(ownPassword);
    await page.getByRole('textbox', { name: 'The same again' }).fill(ownPassword);
    await page.getByRole('button', { name: 'Set Password' }).click();
    await this.#workbench.webview('iframe.isCurrent');
  }

  /** By keyboard alone: a number key for the class, Enter to submit; the first picture is number `first` of the job's 20. */
  async label(first: number, keys: readonly string[]): Promise<void> {
    const page = await this.#workbench.webview('iframe.isCurrent');
    for (const [index, key] of keys.entries()) {
      await page.getByText(`${first + index} of 20`, { exact: true }).waitFor();
      await this.#pick(page.frameLocator('iframe.isCurrent'), key);
      await this.#workbench.page.keyboard.press('Enter');
    }
  }

  /** Takes the last of `done` answers back, and gives the same again. */
  async takeBack(done: number): Promise<void> {
    const page = await this.#workbench.webview('iframe.isCurrent');
    await page.getByText(`${done} of 20`, { exact: true }).waitFor();
    await this.#workbench.page.keyboard.press('Control+z');
    await page.getByText(`${done - 1} of 20`, { exact: true }).waitFor();
    await page.frameLocator('iframe.isCurrent').getByRole('radio', { checked: true }).waitFor();
    await this.#workbench.page.keyboard.press('Enter');
    await page.getByText(`${done} of 20`, { exact: true }).waitFor();
  }

  /** As a person does, who sees a picture that has no class yet, presses a key, and looks whether it was taken. */
  async #pick(task: FrameLocator, key: string): Promise<void> {
    const picked = task.getByRole('radio', { checked: true });
    await picked.waitFor({ state: 'hidden' }); // Until then it is the picture before.
    await task.locator('.stage img').waitFor();
    await this.#workbench.page.keyboard.press(key);
    await picked.waitFor();
  }

  /** From the page that says that the job is finished. */
  async showOutputManifest(): Promise<Frame> {
    const page = await this.#workbench.webview("text=You're finished");
    await page.getByRole('button', { name: 'Show Output Manifest' }).click();
    return this.#workbench.webview('gt-row-list');
  }

  async deleteLabResources(): Promise<void> {
    await this.#workbench.runCommand('Ground Truth: Delete Lab Resources…');
    const list = this.#workbench.page.locator('.quick-input-widget').filter({ hasText: 'what would be deleted' });
    await list.getByRole('button', { name: 'OK' }).click();
    await this.#workbench.answerDialog('Delete these', 'Delete');
    await this.#workbench.notification('lab resources were deleted');
  }

  async #press(notification: string, button: string): Promise<void> {
    const shown = await this.#workbench.notification(notification);
    await shown.getByRole('button', { name: button }).click();
  }
}

export interface JobInput {
  readonly bucket: string;
  readonly folder: string;
  readonly team: string;
}

export interface JobForm {
  readonly form: Frame;
  readonly job: string;
}
