import type * as vscode from 'vscode';

/** A screen reader would read the hover, an address for most rows, in place of what stands in the row. */
export function accessible(item: vscode.TreeItem): vscode.TreeItem {
  if (item.accessibilityInformation === undefined) {
    const label = typeof item.label === 'object' ? item.label.label : (item.label ?? '');
    const description = typeof item.description === 'string' && item.description !== '' ? `, ${item.description}` : '';
    item.accessibilityInformation = { label: label + description };
  }
  return item;
}
