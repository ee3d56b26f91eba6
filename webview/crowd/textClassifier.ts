import { html } from 'lit';
import { Classifier } from './classifier.js';

/** `<crowd-classifier>`: whatever the template puts into `<classification-target>`. */
export class CrowdClassifier extends Classifier {
  readonly whenShown = Promise.resolve();
  protected override readonly toolShortcuts = [];

  protected override renderTarget() {
    return html`<div class="text" tabindex="0" aria-label="Text"><slot name="classification-target"></slot></div>`;
  }

  protected override renderTools() {
    return '';
  }
}
