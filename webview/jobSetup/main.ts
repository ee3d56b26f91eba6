import { registerControls } from '../shared/toolkit.js';
import { JobSetupPage } from './jobSetupPage.js';
import { PictureElement } from './picture.js';
import { TaskPreview } from './taskPreview.js';

registerControls();
customElements.define('gt-picture', PictureElement);
customElements.define('gt-task-preview', TaskPreview);
customElements.define('gt-job-setup', JobSetupPage);

// Exported, because esbuild takes a file without exports for CommonJS here, and then all of the toolkit comes along.
export const page = document.body.appendChild(new JobSetupPage());
