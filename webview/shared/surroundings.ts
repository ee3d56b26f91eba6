// Where a page is: in VS Code, or served to a browser, whose document says so.

const { surroundings, taskFrame } = document.documentElement.dataset;

/** What only the extension can do is not offered there. */
export const isInBrowser = surroundings === 'browser';

/** Where the server has the document of a task's frame; in VS Code a frame is made from text. */
export const taskFrameAddress = taskFrame;
