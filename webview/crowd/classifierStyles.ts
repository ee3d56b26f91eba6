import { css } from 'lit';
import { choiceStyles } from './choiceStyles.js';
import { classifierDialogStyles } from './classifierDialogStyles.js';

/** The bar, the instructions, and what is to be classified with its tools. */
const frameStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100vh;
    min-height: 320px;
    background: #fff;
  }
  h1,
  h2 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 48px;
    padding: 8px 16px;
    border-bottom: 1px solid var(--line);
  }
  .bar .button {
    white-space: nowrap;
  }
  .bar h1 {
    flex: 1;
    margin-left: 8px;
    font-size: 16px;
  }
  .body {
    flex: 1;
    min-height: 0;
    display: flex;
  }
  aside,
  .choice {
    flex: none;
    overflow: auto;
    scrollbar-width: thin;
  }
  aside {
    width: clamp(200px, 24vw, 320px);
    padding: 12px 16px 16px;
    border-right: 1px solid var(--line);
  }
  aside[hidden] {
    display: none;
  }
  .paneTitle {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
  }
  .paneTitle h2 {
    font-size: 16px;
  }
  .icon {
    display: inline-flex;
    padding: 5px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--quiet);
    cursor: pointer;
  }
  .icon:hover {
    background: var(--soft);
    color: var(--ink);
  }
  .links {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 4px;
    margin: 8px 0 12px;
    padding-bottom: 12px;
    border-bottom: 1px solid var(--line);
  }
  ::slotted(short-instructions),
  ::slotted(full-instructions),
  ::slotted(classification-target) {
    display: block;
    overflow-wrap: anywhere;
  }
  ::slotted(worker-comment) {
    display: none;
  }
  .target {
    flex: 1;
    min-width: 0;
    display: flex;
    flex-direction: column;
  }
  .stage {
    flex: 1;
    min-height: 0;
    position: relative;
    margin: 16px;
    overflow: hidden;
    touch-action: none;
  }
  .stage.canMove {
    cursor: grab;
  }
  .stage.isMoving {
    cursor: grabbing;
  }
  .stage img {
    position: absolute;
    left: 50%;
    top: 50%;
    max-width: none;
    transform-origin: 0 0;
    user-select: none;
    -webkit-user-drag: none;
  }
  .text {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 20px 24px;
    font-size: 16px;
    line-height: 1.6;
  }
  .text ::slotted(classification-target) {
    max-width: 70ch;
    margin: 0 auto;
  }
  .tools {
    display: flex;
    align-items: center;
    justify-content: center;
    flex-wrap: wrap;
    gap: 6px;
    min-height: 48px;
    padding: 8px 16px;
    border-top: 1px solid var(--line);
    color: var(--quiet);
  }
  .tools:empty {
    display: none;
  }
  .tools output {
    min-width: 4ch;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .tools .note {
    flex-basis: 100%;
    text-align: center;
    font-size: 12px;
  }
`;

/** One beneath the other; last, for it changes what the others say. */
const narrowStyles = css`
  @media (max-width: 640px) {
    .body {
      flex-direction: column;
      overflow: auto;
    }
    .bar {
      flex-wrap: wrap;
    }
    .bar h1 {
      flex-basis: 100%;
      margin: 0;
      order: 2;
    }
    .target {
      min-height: 96px;
    }
    .stage {
      margin: 8px;
    }
    aside {
      width: auto;
      max-height: 40vh;
      border-right: 0;
      border-bottom: 1px solid var(--line);
    }
    .choice {
      width: auto;
      max-height: 60%;
      padding: 8px 16px 12px;
      border-left: 0;
      border-top: 1px solid var(--line);
    }
    .choice h2 {
      margin-bottom: 6px;
    }
    .options {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
      gap: 6px;
    }
    .option + .option {
      margin-top: 0;
    }
    .problem {
      min-height: 0;
      margin: 6px 0;
    }
    .send {
      bottom: -12px;
      margin: auto -16px -12px;
      padding: 8px 16px;
    }
  }
`;

export const classifierStyles = [frameStyles, choiceStyles, classifierDialogStyles, narrowStyles];
