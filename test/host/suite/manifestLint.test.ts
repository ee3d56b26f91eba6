import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

const lineA = '{"source-ref":"s3://pictures/a.jpg"}';
const lineB = '{"source-ref":"s3://pictures/b.jpg"}';

describe('problems of manifests', () => {
  let folder = '';

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lint-'));
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));
  after(() => rmSync(folder, { recursive: true }));

  const write = async (name: string, text: string | Uint8Array): Promise<vscode.Uri> => {
    const uri = vscode.Uri.file(path.join(folder, name));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    return uri;
  };

  it('show while the text is edited, and are put right by quick fixes', async () => {
    const uri = await write('edited.manifest', `${lineA},\n\n${lineB},\n${lineA}\n`);
    const editor = await openText(uri);
    assert.equal(editor.document.languageId, 'ground-truth-manifest');
    await told(uri, ['0 trailingComma', '1 blank', '2 trailingComma', '3 duplicateSource']);
    const [comma] = vscode.languages.getDiagnostics(uri);
    assert.equal(comma?.source, 'Ground Truth');

    await apply(uri, editor.document.lineAt(0).range, 'Delete the commas after all objects (2)');
    assert.equal(editor.document.getText(), `${lineA}\n\n${lineB}\n${lineA}\n`);
    await told(uri, ['1 blank', '3 duplicateSource']);
    await apply(uri, editor.document.lineAt(1).range, 'Delete the blank line');
    await told(uri, ['2 duplicateSource']);
    const [duplicate] = vscode.languages.getDiagnostics(uri);
    assert.deepEqual(duplicate?.relatedInformation?.[0]?.location.range.start, new vscode.Position(0, 0));

    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '{\n'));
    await told(uri, ['0 notJson', '3 duplicateSource']);
  });

  it('are all fixed by the source action', async () => {
    const uri = await write(
      'all.manifest',
      `[\r\n${lineA},\r\n{\r\n "source-ref": "s3://pictures/b.jpg"\r\n}\r\n]\r\n`,
    );
    const editor = await openText(uri);
    await told(uri, ['0 array', '0 carriageReturns', '1 trailingComma', '2 severalLines', '5 array']);
    const right = `${lineA}\n${lineB}\n`;
    const fixAll = { kind: 'source.fixAll.groundTruth', apply: 'first' };
    await vscode.commands.executeCommand('editor.action.sourceAction', fixAll);
    const { document } = editor;
    await when(
      vscode.workspace.onDidChangeTextDocument,
      () => document.getText() === right,
      () => document.getText(),
    );
    await told(uri, []);
  });

  it('tell of a byte order mark, and save without it', async () => {
    const uri = await write('marked.manifest', `\uFEFF${lineA}\n`);
    await openText(uri);
    await told(uri, ['0 byteOrderMark']);
    await vscode.commands.executeCommand('groundTruth.removeByteOrderMark', uri);
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), `${lineA}\n`);
    await told(uri, []);
  });

  it('are not looked for in files of others', async () => {
    const cache = await openText(await write('cache.manifest', 'CACHE MANIFEST\n/a.js\n'));
    assert.deepEqual(vscode.languages.getDiagnostics(cache.document.uri), []);
    const xml = await openText(await write('app.manifest', '<?xml version="1.0"?>\n<assembly/>\n'));
    await when(vscode.workspace.onDidOpenTextDocument, () => xml.document.languageId === 'xml');
  });

  it('are found in a file that is too large for an editor, up to a thousand of them', async () => {
    const line = `{"source":"${'x'.repeat(5_000)}"},\n`;
    const uri = await write('large.manifest', line.repeat(12_000));
    await vscode.commands.executeCommand('groundTruth.checkManifest', uri);
    const diagnostics = vscode.languages.getDiagnostics(uri);
    assert.equal(diagnostics.length, 1_000);
    assert.match(diagnostics.at(-1)?.message ?? '', /^23,000 more problems/u);

    // A watcher of VS Code's says nothing of what is written before it has begun to look.
    const writeAnew = () => void vscode.workspace.fs.writeFile(uri, Buffer.from(`${lineA}\n`));
    writeAnew();
    const writing = setInterval(writeAnew, 1_000);
    try {
      await told(uri, []);
    } finally {
      clearInterval(writing);
    }
  });
});

async function openText(uri: vscode.Uri): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('vscode.openWith', uri, 'default');
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  assert.ok(editor);
  return editor;
}

/** Waits until VS Code tells of these problems, by line and kind, and of no other. */
async function told(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  const found = () =>
    vscode.languages
      .getDiagnostics(uri)
      .map(({ range, code }) => `${range.start.line} ${typeof code === 'object' ? code.value : ''}`)
      .toSorted();
  await when(vscode.languages.onDidChangeDiagnostics, () => found().join('\n') === expected.join('\n'), found);
}

function when(event: vscode.Event<unknown>, isSo: () => boolean, shown: () => unknown = () => ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (end: () => void) => {
      clearTimeout(timer);
      listening.dispose();
      end();
    };
    const look = () => {
      if (isSo()) {
        finish(resolve);
      }
    };
    const listening = event(look);
    const timer = setTimeout(() => finish(() => reject(new Error(`Not so: ${JSON.stringify(shown())}`))), 10_000);
    look();
  });
}

async function apply(uri: vscode.Uri, range: vscode.Range, title: string): Promise<void> {
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    undefined,
    20,
  );
  const action = actions.find((offered) => offered.title === title);
  assert.ok(action?.edit, JSON.stringify(actions.map((offered) => offered.title)));
  assert.equal(await vscode.workspace.applyEdit(action.edit), true);
}
