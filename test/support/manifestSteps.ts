import { readdirSync } from 'node:fs';
import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from './workbench.js';

/** What is done with a manifest that is in front, by hand: the quick picks in their order, and what is told in the end. */
export class ManifestSteps {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** By its name, as people open files whose place they do not want to look for. */
  async open(name: string): Promise<Frame> {
    await this.#workbench.page.keyboard.press('Control+p');
    await this.#workbench.quickInput.fill(name);
    await this.#workbench.choice(name).click();
    await this.#workbench.tab(new RegExp(`^${name}`, 'u')).waitFor();
    return this.#workbench.webview(`.page-header h1:text-is("${name}")`);
  }

  /** From the button of the editor's header. */
  async use(editor: Frame, action: string): Promise<void> {
    await editor.getByRole('button', { name: 'Use…' }).click();
    await this.pick('Use the Rows That Are Shown', action);
  }

  async pick(title: string, choice: string): Promise<void> {
    await this.#box(title).waitFor();
    await this.#workbench.choice(choice).click();
  }

  /** Takes the folder that is suggested, once it stands in the box that is a dialog where VS Code is in a browser. */
  async writeHere(title: string, folder: string): Promise<void> {
    const box = this.#box(title);
    await box.waitFor();
    await this.#workbench.page.waitForFunction(
      (wanted) => document.querySelector<HTMLInputElement>('.quick-input-widget input[type="text"]')?.value === wanted,
      `${folder}/`,
    );
    await box.getByRole('button', { name: 'Write Here' }).click();
  }

  /** Gives the dialog that asks for a file another path than the one that it suggests, whose name is `suggested`. */
  async saveAs(suggested: string, path: string): Promise<void> {
    await this.#workbench.page.waitForFunction(
      (name) =>
        document.querySelector<HTMLInputElement>('.quick-input-widget input[type="text"]')?.value.endsWith(`/${name}`),
      suggested,
    );
    await this.#workbench.quickInput.fill(path);
    await this.#workbench.page.keyboard.press('Enter');
  }

  /** All of an export, with the choices that come after its format; resolves to the notification that tells of it. */
  async export(
    editor: Frame,
    { attribute, format, choices, folder }: ExportSteps,
  ): Promise<{ readonly told: Locator; readonly files: () => readonly string[] }> {
    await this.#workbench.runCommand('Notifications: Clear All Notifications');
    const title = `Export "${attribute}"`;
    await this.use(editor, 'Export…');
    for (const choice of [format, ...choices]) {
      await this.pick(title, choice);
    }
    await this.writeHere(title, folder);
    const told = await this.#workbench.notification(`is written.`);
    const written = /"(?<path>[^"]+)" is written/u.exec(await told.innerText())?.groups?.['path'] ?? '';
    return { told, files: () => filesIn(written) };
  }

  #box(title: string): Locator {
    return this.#workbench.page.locator('.quick-input-widget').filter({ hasText: title });
  }
}

export interface ExportSteps {
  readonly attribute: string;
  readonly format: string;
  readonly choices: readonly string[];
  readonly folder: string;
}

/** The files in it, of all its folders, by their paths from there. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
    .toSorted();
}
