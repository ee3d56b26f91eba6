import type { FrameTask } from '../../src/protocol/taskFrame.js';
import { CrowdForm } from './crowdForm.js';
import { CrowdImageClassifier } from './imageClassifier.js';
import { CrowdButton, CrowdInput, CrowdTextArea } from './inputs.js';
import { startFrame } from './frame.js';
import { CrowdClassifier } from './textClassifier.js';

// The elements are there before the template is parsed, so that its scripts find them as it goes.
customElements.define('crowd-form', CrowdForm);
customElements.define('crowd-button', CrowdButton);
customElements.define('crowd-input', CrowdInput);
customElements.define('crowd-text-area', CrowdTextArea);
customElements.define('crowd-classifier', CrowdClassifier);
customElements.define('crowd-image-classifier', CrowdImageClassifier);

// The text that opens the frame calls this once and takes it away again.
Object.assign(globalThis, {
  startGroundTruthFrame: (task: FrameTask, port: MessagePort) => startFrame(task, port),
});
