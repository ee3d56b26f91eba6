import type * as vscode from 'vscode';
import { type DoctorDeps, DoctorPanel } from './host/panels/doctorPanel.js';

/** The composition root of the doctor in VS Code, which is loaded when it is first asked. */
export function createDoctor(extension: vscode.Uri, deps: DoctorDeps): DoctorPanel {
  return new DoctorPanel(extension, deps);
}
