/** Classes after these share one colour: more could not be told apart. */
const mostColours = 6;

/** The end of the CSS class that colours the class at this place of the summary. */
export function classColour(index: number): string {
  return index < mostColours ? String(index) : 'rest';
}
