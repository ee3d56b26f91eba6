const isDark = matchMedia('(prefers-color-scheme: dark)');
const hasForcedColors = matchMedia('(forced-colors: active)');

/**
 * Says on the body which kind of theme it is, as VS Code does: the pages' styles look there, and the controls read their
 * colours again when it changes.
 */
export function followTheme(body: HTMLElement): void {
  const apply = () => {
    const kind = kindOf();
    body.classList.remove('vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light');
    body.classList.add(kind);
    body.dataset['vscodeThemeKind'] = kind;
  };
  isDark.addEventListener('change', apply);
  hasForcedColors.addEventListener('change', apply);
  apply();
}

function kindOf(): string {
  if (hasForcedColors.matches) {
    return isDark.matches ? 'vscode-high-contrast' : 'vscode-high-contrast-light';
  }
  return isDark.matches ? 'vscode-dark' : 'vscode-light';
}
