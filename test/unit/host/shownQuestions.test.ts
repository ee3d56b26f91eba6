import assert from 'node:assert/strict';
import type { ShownQuestions } from '../../../src/host/support/shownQuestions.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { contentProviders, Uri, user } from '../../support/vscodeModule.js';
import { type Tab, tabGroups } from '../../support/vscodeTabs.js';

const diff = { title: 'Add the rule', fileName: 'rules.json', before: '[]\n', after: '[1]\n' };
const question = { message: 'Add it?', action: 'Add' };

describe('a question about what an editor shows', () => {
  let questions: ShownQuestions;

  before(fakeVscode);

  beforeEach(async () => {
    user.reset();
    const { ShownQuestions: Questions } = await import('../../../src/host/support/shownQuestions.js');
    questions = new Questions();
  });

  afterEach(() => questions.dispose());

  const ask = ({ signal } = new AbortController()) => questions.besideDiff(diff, question, signal);

  for (const [answer, isSure] of [
    ['Add', true],
    ['Cancel', false],
  ] as const) {
    it(`is answered by its notification: ${answer}`, async () => {
      const seen: string[] = [];
      user.answers = () => {
        seen.push(...shownTexts());
        return answer;
      };
      assert.equal(await ask(), isSure);
      assert.deepEqual(seen, ['[]\n', '[1]\n']);
      assert.deepEqual(user.asked, [{ text: 'Add it?', choices: ['Add', 'Cancel'] }]); // In nobody's way: not modal.
      assert.deepEqual(openTabs(), []);
    });

    it(`is answered by the buttons of its editor: ${answer}`, async () => {
      const asked = ask();
      await shown();
      questions.answer(shownUri(), isSure);
      assert.equal(await asked, isSure);
      assert.deepEqual(openTabs(), []);
    });
  }

  it('is answered by a key in the editor in front', async () => {
    const asked = questions.besideText({ fileName: 'role.json', text: '{}' }, question, new AbortController().signal);
    await shown();
    questions.answer(undefined, true);
    assert.equal(await asked, true);
    assert.deepEqual(user.documents, ['{}']);
  });

  it('is still there when its notification has gone', async () => {
    const asked = ask();
    await shown();
    assert.equal(user.asked.length, 1); // And was closed, without an answer.
    questions.answer(shownUri(), true);
    assert.equal(await asked, true);
  });

  it('is declined by whoever closes its editor', async () => {
    const asked = ask();
    await shown();
    await tabGroups.close(openTabs());
    assert.equal(await asked, false);
  });

  it('goes on where its editor was moved to another group', async () => {
    const asked = ask();
    await shown();
    const [tab] = openTabs();
    assert.ok(tab);
    tabGroups.openDiff([Uri.parse('groundtruth-shown:/1/rules.json'), shownUri()]);
    await tabGroups.close([tab]);
    questions.answer(shownUri(), true);
    assert.equal(await asked, true);
  });

  it('is given up with what it was asked for', async () => {
    const controller = new AbortController();
    const asked = ask(controller);
    await shown();
    controller.abort();
    assert.equal(await asked, false);
    assert.deepEqual(openTabs(), []);
  });

  it('says so where it was answered before', async () => {
    const asked = ask();
    await shown();
    const uri = shownUri();
    questions.answer(uri, false);
    await asked;
    questions.answer(uri, true);
    assert.match(user.asked.at(-1)?.text ?? '', /answered before/u);
  });

  it('keeps two apart', async () => {
    const first = ask();
    await shown();
    const uri = shownUri();
    const second = ask();
    await shown();
    questions.answer(shownUri(), true);
    assert.equal(await second, true);
    questions.answer(uri, false);
    assert.equal(await first, false);
  });

  it('leaves no editor that a reloaded window has restored', async () => {
    tabGroups.openText(Uri.parse('groundtruth-shown:/1/role.json'));
    tabGroups.openText(Uri.parse('file:///mine.txt'));
    const { ShownQuestions: Questions } = await import('../../../src/host/support/shownQuestions.js');
    new Questions().dispose();
    await shown();
    assert.equal(openTabs().length, 1);
  });
});

/** Once all that is under way in the same turn is done. */
async function shown(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function openTabs(): readonly Tab[] {
  return tabGroups.all.flatMap(({ tabs }) => tabs);
}

function shownUri(): Uri {
  const [, uri] = lastDiff();
  assert.ok(uri);
  return uri;
}

function lastDiff(): readonly Uri[] {
  const { args = [] } = user.ran.findLast(({ command }) => command === 'vscode.diff') ?? {};
  return args.filter((arg) => arg instanceof Uri);
}

function shownTexts(): readonly string[] {
  return lastDiff().map((uri) => contentProviders.get(uri.scheme)?.provideTextDocumentContent(uri) ?? '');
}
