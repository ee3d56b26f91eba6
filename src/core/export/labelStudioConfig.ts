import type { LineSource } from '../manifest/lineReading.js';
import { escapeXml } from './xmlText.js';

/** The controls of a labeling interface, named after the kind of region that they make. */
export type LabelStudioControl = keyof typeof tags;

const tags = {
  choice: { tag: 'Choices', item: 'Choice', attributes: ' choice="single"' },
  choices: { tag: 'Choices', item: 'Choice', attributes: ' choice="multiple"' },
  labels: { tag: 'Labels', item: 'Label', attributes: '' },
  rectanglelabels: { tag: 'RectangleLabels', item: 'Label', attributes: '' },
  polygonlabels: { tag: 'PolygonLabels', item: 'Label', attributes: '' },
  keypointlabels: { tag: 'KeyPointLabels', item: 'Label', attributes: '' },
} as const;

/** The labeling interface for pictures or texts, with a control for each kind of region and the classes in each. */
export function labelingConfig(
  kind: LineSource['kind'],
  names: ReadonlyMap<LabelStudioControl, ReadonlySet<string>>,
): string {
  const [toName, element] = kind === 'text' ? ['text', 'Text'] : ['image', 'Image'];
  const controls = Array.from(names, ([control, classes]) => {
    const { tag, item, attributes } = tags[control];
    const items = Array.from(classes, (name) => `    <${item} value="${escapeXml(name)}"/>\n`).join('');
    return `  <${tag} name="${control}" toName="${toName}"${attributes}>\n${items}  </${tag}>`;
  });
  return ['<View>', `  <${element} name="${toName}" value="$${toName}"/>`, ...controls, '</View>', ''].join('\n');
}
