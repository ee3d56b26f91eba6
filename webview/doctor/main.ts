import { DoctorReport } from './doctorReport.js';

customElements.define('gt-doctor', DoctorReport);
document.body.append(new DoctorReport());
