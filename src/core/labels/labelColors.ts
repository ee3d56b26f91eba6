export const backgroundColor = '#ffffff';

/** As Ground Truth's masks have them, in the order of the labels. */
const firstColors = [
  '#2ca02c',
  '#1f77b4',
  '#ff7f0e',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
] as const;

/** The colour of the label at this place of the list, as `#rrggbb`. No two of the first 255 are the same. */
export function colorOf(place: number): string {
  return firstColors[place] ?? madeUpColor(place);
}

/** Multiples of an odd number go through all colours before one comes again, and neighbours are far apart. */
function madeUpColor(place: number): string {
  return `#${((place * 0x9e_37_79) % 0x1_00_00_00).toString(16).padStart(6, '0')}`;
}
