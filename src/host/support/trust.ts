import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import type { JsonObject } from '../../core/json.js';
import type { RenderedTemplate } from '../../core/templates/renderTemplate.js';

export type RenderTemplate = (template: string, taskInput: JsonObject) => Promise<RenderedTemplate>;

/** A template is somebody else's code: in a restricted workspace it fails with `template.restricted`, and is not run. */
export function whereTrusted(renderTemplate: RenderTemplate): RenderTemplate {
  return async (template, taskInput) => {
    if (!vscode.workspace.isTrusted) {
      throw new Failure('template.restricted', {});
    }
    return renderTemplate(template, taskInput);
  };
}

/** VS Code's own page, where the user trusts the workspace or leaves it restricted. */
export async function manageTrust(): Promise<void> {
  await vscode.commands.executeCommand('workbench.trust.manage');
}
