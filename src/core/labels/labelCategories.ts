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
  const { labels: entries } = parseFile(text);
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

/** What workers are told about the entities of a text, as HTML: those jobs have no template that could say it. */
export interface EntityInstructions {
  readonly shortInstruction: string;
  readonly fullInstruction: string;
}

/** Reads them from the label category configuration file, which must have them for such jobs; a thrown `Error` says so. */
export function parseEntityInstructions(text: string): EntityInstructions {
  const { instructions } = parseFile(text);
  const { shortInstruction, fullInstruction } = fieldsOf(instructions);
  if (typeof shortInstruction !== 'string' || typeof fullInstruction !== 'string') {
    throw new TypeError(
      'The label category configuration file must have "instructions" with a "shortInstruction" and a "fullInstruction".',
    );
  }
  return { shortInstruction, fullInstruction };
}

type Fields = Readonly<
  Partial<
    Record<'labels' | 'instructions' | 'label' | 'shortDisplayName' | 'shortInstruction' | 'fullInstruction', unknown>
  >
>;

function parseFile(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text.replace(/^\uFEFF/u, '')));
  } catch (error) {
    throw new Error('The label category configuration file is not valid JSON.', { cause: error });
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? value : {};
}

function categoryOf(entry: unknown): LabelCategory {
  const { label, shortDisplayName } = fieldsOf(entry);
  if (typeof label !== 'string' || label === '' || label.length > maximumLabelLength) {
    throw new Error(`Each entry of "labels" must have a "label" of 1 to ${maximumLabelLength} characters.`);
  }
  return { label, ...(typeof shortDisplayName === 'string' && { shortDisplayName }) };
}

const maximumLabelLength = 256;
