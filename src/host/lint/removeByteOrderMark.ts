import * as vscode from 'vscode';

const mark = [0xef, 0xbb, 0xbf] as const;

/** The mark is not in the text that editors have, so the file itself is written: what is unsaved is saved first. */
export function removeByteOrderMark() {
  return async (uri?: vscode.Uri): Promise<void> => {
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri?.toString());
    if (!uri || (document && !(await document.save()))) {
      return; // VS Code has said why it was not saved.
    }
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (mark.every((byte, at) => bytes[at] === byte)) {
      await vscode.workspace.fs.writeFile(uri, bytes.subarray(mark.length));
    }
    if (document) {
      await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
    }
  };
}
