import { css } from 'lit';

// A worker's task is a white page whatever the theme of the editor: templates are written for one, and pictures are
// judged on it. The colours are those of the lab's page, darkened where they would be hard to read.

const colours = css`
  :host {
    --ink: #16191f;
    --quiet: #545b64;
    --line: #d5dbdb;
    --soft: #f2f3f3;
    --link: #0062a3;
    --action: #c2410c;
    --action-strong: #9a3412;
    --picked: #eef6fb;
    --picked-line: #0073bb;
    --wrong: #b0120a;
    color: var(--ink);
    font:
      14px/1.45 'Amazon Ember',
      'Helvetica Neue',
      Roboto,
      Arial,
      'DejaVu Sans',
      sans-serif;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--picked-line);
    outline-offset: 1px;
  }
  @media (forced-colors: active) {
    :host {
      --ink: CanvasText;
      --quiet: CanvasText;
      --line: CanvasText;
      --soft: Canvas;
      --link: LinkText;
      --picked: Canvas;
      --picked-line: Highlight;
    }
  }
`;

export const controlStyles = css`
  ${colours}
  .button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    padding: 4px 14px;
    border: 1px solid var(--quiet);
    border-radius: 4px;
    background: #fff;
    color: var(--ink);
    font: inherit;
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover {
    background: var(--soft);
  }
  .button.primary {
    border-color: var(--action);
    background: var(--action);
    color: #fff;
  }
  .button.primary:hover {
    border-color: var(--action-strong);
    background: var(--action-strong);
  }
  .button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  .button.small {
    min-height: 28px;
    padding: 2px 10px;
    border-color: var(--line);
    font-weight: 400;
  }
  .button[aria-pressed='true'] {
    border-color: var(--picked-line);
    background: var(--picked);
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--link);
    font: inherit;
    cursor: pointer;
  }
  .link:hover {
    text-decoration: underline;
  }
  .field {
    width: 100%;
    max-width: 40em;
    padding: 6px 8px;
    border: 1px solid var(--quiet);
    border-radius: 4px;
    background: #fff;
    color: var(--ink);
    font: inherit;
  }
  kbd {
    display: inline-block;
    min-width: 22px;
    padding: 1px 5px;
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: 4px;
    background: #fff;
    color: var(--quiet);
    font:
      12px/1.4 ui-monospace,
      'DejaVu Sans Mono',
      monospace;
    text-align: center;
  }
`;
