import { css } from 'lit';

/** The full instructions and the shortcuts. */
export const classifierDialogStyles = css`
  dialog {
    width: min(720px, calc(100vw - 32px));
    max-height: calc(100vh - 48px);
    padding: 16px 20px 20px;
    border: 1px solid var(--line);
    border-radius: 8px;
    color: inherit;
    background: #fff;
    box-shadow: 0 8px 32px rgb(0 0 0 / 24%);
  }
  dialog.shortcuts {
    width: min(440px, calc(100vw - 32px));
  }
  dialog::backdrop {
    background: rgb(22 25 31 / 45%);
  }
  dialog .content {
    margin-top: 12px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  td {
    padding: 6px 0;
    border-top: 1px solid var(--line);
    vertical-align: baseline;
  }
  tr:first-child td {
    border-top: 0;
  }
  td:first-child {
    width: 40%;
    white-space: nowrap;
  }
`;
