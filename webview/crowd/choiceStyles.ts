import { css } from 'lit';

/** The classes to choose from, the comment and Submit. */
export const choiceStyles = css`
  .choice {
    display: flex;
    flex-direction: column;
    width: clamp(180px, 22vw, 280px);
    padding: 16px;
    border-left: 1px solid var(--line);
    background: #fafbfb;
  }
  .choice h2 {
    margin-bottom: 10px;
  }
  .option {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 9px 10px 9px 12px;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: #fff;
    cursor: pointer;
  }
  .option + .option {
    margin-top: 6px;
  }
  .option:hover {
    border-color: var(--quiet);
  }
  .option[aria-checked='true'] {
    border-color: var(--picked-line);
    background: var(--picked);
    box-shadow: inset 3px 0 0 var(--picked-line);
    font-weight: 600;
  }
  .option[aria-checked='true'] kbd {
    border-color: var(--picked-line);
    color: var(--picked-line);
  }
  .option[aria-disabled='true'] {
    cursor: default;
  }
  .label {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .comment {
    display: block;
    margin-top: 16px;
    font-weight: 600;
  }
  .comment .field {
    margin-top: 4px;
    font-weight: 400;
  }
  .problem {
    min-height: 20px;
    margin: 10px 0;
    color: var(--wrong);
  }
  .send {
    position: sticky;
    bottom: -16px;
    margin: auto -16px -16px;
    padding: 12px 16px;
    border-top: 1px solid var(--line);
    background: #fafbfb;
  }
  .submit {
    width: 100%;
    justify-content: center;
  }
`;
