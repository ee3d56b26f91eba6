import { registerControls } from '../shared/toolkit.js';
import { DoctorReport } from './doctorReport.js';

registerControls();
customElements.define('gt-doctor', DoctorReport);

// Exported, because esbuild takes a file without exports for CommonJS here, and then all of the toolkit comes along.
export const page = document.body.appendChild(new DoctorReport());
