import type { LabelingPage } from '../../src/protocol/labelingPage.js';
import { connect } from '../../src/protocol/channel.js';
import { hostPort } from '../shared/port.js';
import { registerControls } from '../shared/toolkit.js';
import { startApp } from './app.js';

registerControls();

// Exported, because esbuild takes a file without exports for CommonJS here, and then all of the toolkit comes along.
export const client = connect<LabelingPage>(hostPort());
startApp(client, document.body);
