import type { EntityInstructions } from '../labels/labelCategories.js';
import { escapeHtml } from './escape.js';

/**
 * The page of a named entity job, which on AWS is a human task UI of Ground Truth's own: there is no template for it.
 * The instructions are HTML, as the label category file has them. The element is a form by itself.
 */
export function namedEntityTemplate(header: string, { shortInstruction, fullInstruction }: EntityInstructions): string {
  return `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>

<crowd-entity-annotation
  name="crowd-entity-annotation"
  header="${literal(escapeHtml(header))}"
  labels="{{ task.input.labels | to_json | escape }}"
  text="{{ task.input.taskObject }}"
>
  <full-instructions header="Named entity recognition instructions">${literal(fullInstruction)}</full-instructions>
  <short-instructions>${literal(shortInstruction)}</short-instructions>
</crowd-entity-annotation>
`;
}

/** What Liquid does not read as anything else. */
function literal(html: string): string {
  return html.replaceAll('{', '&#123;');
}
