/** One of the classes that workers choose from, as the label category configuration file has it. */
export interface LabelCategory {
  readonly label: string;
  /** How spans of a text show it. */
  readonly shortDisplayName?: string;
}

/** How many labels a kind of task can have. */
export interface LabelLimits {
  readonly minimumLabels: number;
  readonly maximumLabels?: number;
}

/** Reads a label category configuration file; a thrown `Error` says what is wrong with it. */
export function parseLabelCategories(
  text: string,
  { minimumLabels, maximumLabels }: LabelLimits,
): readonly LabelCategory[] {
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
  const categories = entries.map(categoryOf);
  if (categories.length < minimumLabels) {
    throw new Error(`The label category configuration file must have at least ${minimumLabels} labels.`);
  }
  if (maximumLabels !== undefined && categories.length > maximumLabels) {
    throw new Error(`The label category configuration file must have at most ${maximumLabels} labels.`);
  }
  const labels = categories.map(({ label }) => label);
  const repeated = labels.find((label, index) => labels.indexOf(label) !== index);
  if (repeated !== undefined) {
    throw new Error(`The label category configuration file has the label "${repeated}" twice.`);
  }
  return categories;
}

function categoryOf(entry: unknown): LabelCategory {
  const fields: Readonly<Record<string, unknown>> = typeof entry === 'object' && entry !== null ? { ...entry } : {};
  const { label, shortDisplayName } = fields as { readonly label?: unknown; readonly shortDisplayName?: unknown };
  if (typeof label !== 'string' || label === '' || label.length > maximumLabelLength) {
    throw new Error(`Each entry of "labels" must have a "label" of 1 to ${maximumLabelLength} characters.`);
  }
  return { label, ...(typeof shortDisplayName === 'string' && { shortDisplayName }) };
}

const maximumLabelLength = 256;
