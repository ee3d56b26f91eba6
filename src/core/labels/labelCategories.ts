/** Reads a label category configuration file; a thrown `Error` says what is wrong with it. */
export function parseLabelCategories(text: string, minimumLabels: number): readonly string[] {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw new Error('The label category configuration file is not valid JSON.', { cause: error });
  }
  const entries: unknown =
    typeof document === 'object' && document !== null && 'labels' in document ? document.labels : undefined;
  if (!Array.isArray(entries)) {
    throw new TypeError('The label category configuration file has no list "labels".');
  }
  const labels = entries.map(labelOf);
  if (labels.length < minimumLabels) {
    throw new Error(`The label category configuration file must have at least ${minimumLabels} labels.`);
  }
  const repeated = labels.find((label, index) => labels.indexOf(label) !== index);
  if (repeated !== undefined) {
    throw new Error(`The label category configuration file has the label "${repeated}" twice.`);
  }
  return labels;
}

function labelOf(entry: unknown): string {
  const label: unknown = typeof entry === 'object' && entry !== null && 'label' in entry ? entry.label : undefined;
  if (typeof label !== 'string' || label === '' || label.length > maximumLabelLength) {
    throw new Error(`Each entry of "labels" must have a "label" of 1 to ${maximumLabelLength} characters.`);
  }
  return label;
}

const maximumLabelLength = 256;
