import type { Frame, FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench.js';

const ownPassword = 'Kittens and puppies 1';

/** The lab's steps by hand, as a person takes them who follows the buttons; each ends when the window says it is done. */
export class LabSteps {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
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

  /** Through the form; resolves to the job's name, which is the suggested one. */
  async createLabelingJob({ bucket, folder, team }: JobInput): Promise<string> {
    await this.#press(`Private team "${team}" is ready`, 'Create Labeling Job…');
    const form = await this.#workbench.webview('#create');
    await form.getByRole('combobox', { name: 'Bucket' }).selectOption(bucket);
    await form.getByRole('textbox', { name: /^Folder/ }).fill(`${folder}/`);
    await form.getByRole('textbox', { name: /^Folder/ }).press('Tab');
    await form.getByText('20 pictures', { exact: true }).waitFor();
    await form.getByRole('textbox', { name: /^Instruction/ }).fill("Please classify the images as 'cat' or 'dog'");
    await form.getByRole('textbox', { name: /^Label 1/ }).fill('cat');
    await form.getByRole('textbox', { name: /^Label 2/ }).fill('dog');
    await form.getByRole('combobox', { name: 'Private team' }).selectOption({ label: `${team} (1 member)` });
    const job = await form.getByRole('textbox', { name: /^Job name/ }).inputValue();
    await form.getByRole('button', { name: 'Create', exact: true }).click();
    await form.getByText(`"${job}" is created.`).waitFor();
    return job;
  }

  /** From the form's last button: as the invited worker, who must choose a password of their own. */
  async startLabeling({ email, password }: { readonly email: string; readonly password: string }): Promise<void> {
    const form = await this.#workbench.webview('#created');
    await form.getByRole('button', { name: 'Start Labeling' }).click();
    const signIn = await this.#workbench.webview('text=Sign in to the labeling portal');
    await signIn.getByRole('textbox', { name: 'E-mail address' }).fill(email);
    await signIn.getByRole('textbox', { name: 'Password' }).fill(password);
    await signIn.getByRole('button', { name: 'Sign In' }).click();
    const newPassword = await this.#workbench.webview('text=Choose a password of your own');
    await newPassword.getByRole('textbox', { name: 'New password' }).fill(ownPassword);
    await newPassword.getByRole('textbox', { name: 'The same again' }).fill(ownPassword);
    await newPassword.getByRole('button', { name: 'Set Password' }).click();
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
