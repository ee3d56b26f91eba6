/** A line of a table: cells as `csvCell` writes them. */
export function csvRecord(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

/** A value that no spreadsheet takes for a formula, quoted where it must be. */
export function csvCell(value: string | number | undefined): string {
  if (typeof value === 'number') {
    return Number.isNaN(value) ? '' : String(value);
  }
  return quoted(withoutFormula(value ?? ''));
}

function withoutFormula(text: string): string {
  return /^'*[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
