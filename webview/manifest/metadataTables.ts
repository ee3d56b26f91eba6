import { html, type TemplateResult } from 'lit';
import { isObject, type JsonObject, type JsonValue } from '../../src/core/json.js';
import { type LabelReading, metadataSuffix, readLine } from '../../src/core/manifest/lineReading.js';
import { isComputed } from '../../src/core/manifest/confidence.js';
import { notComputed } from './format.js';

/** All that a line says, as tables: one for each label attribute, and one for everything else. */
export function metadataTables(object: JsonObject): TemplateResult {
  const { labels } = readLine(object);
  const ofLabels = new Set(labels.flatMap(({ attribute }) => [attribute, attribute + metadataSuffix]));
  const others = Object.entries(object).filter(([key]) => !ofLabels.has(key));
  return html`${labels.map((label) => labelTable(label, object))}
  ${
    others.length > 0
      ? html`<section>
          <h3>Object</h3>
          ${table(others.map(([key, value]) => [key, show(value)]))}
        </section>`
      : ''
  }`;
}

function labelTable(label: LabelReading, object: JsonObject): TemplateResult {
  const value = Object.hasOwn(object, label.attribute) ? object[label.attribute] : undefined;
  const metadata = object[label.attribute + metadataSuffix];
  const rows = Object.entries(isObject(metadata) ? metadata : {}).map(([key, told]): [string, string] => [
    key,
    key === 'confidence' && told === 0 && !isComputed(0, label.state === 'machine') ? notComputed : show(told),
  ]);
  return html`<section>
    <h3>${label.attribute}</h3>
    ${table(value === undefined ? rows : [['label', show(value)], ...rows])}
  </section>`;
}

function table(rows: readonly (readonly [string, string])[]): TemplateResult {
  return html`<table class="facts">
    <tbody>
      ${rows.map(
        ([key, value]) =>
          html`<tr>
            <th scope="row">${key}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const longestValue = 600;

function show(value: JsonValue | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
