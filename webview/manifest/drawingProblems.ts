import type { DrawingProblem, DrawingProblemReason } from '../../src/core/manifest/drawing.js';
import { count } from './format.js';

/** So many places are named; the line below has the rest. */
const mostNamed = 5;

/** What cannot be drawn as it is written, one sentence for each reason. */
export function problemSentences(problems: readonly DrawingProblem[]): readonly string[] {
  const groups = new Map<string, DrawingProblem[]>();
  for (const problem of problems) {
    const name = JSON.stringify([problem.list, problem.reason]);
    const group = groups.get(name) ?? [];
    group.push(problem);
    groups.set(name, group);
  }
  return Array.from(groups.values(), sentence);
}

function sentence(problems: readonly DrawingProblem[]): string {
  const [{ list, reason } = { list: '', reason: 'notAnObject' as const }] = problems;
  const named = problems.slice(0, mostNamed).map(({ place }) => count(place + 1));
  const more = problems.length - named.length;
  const places = more > 0 ? `${named.join(', ')} and ${count(more)} more` : named.join(', ');
  return reason === 'unnamedClass'
    ? `No. ${places} of “${list}”: the class map does not name the class. Its id is shown.`
    : `No. ${places} of “${list}” left out: ${reasons[reason]}.`;
}

const reasons: { readonly [Reason in Exclude<DrawingProblemReason, 'unnamedClass'>]: string } = {
  notAnObject: 'no JSON object',
  noCoordinates: 'no coordinates in a picture',
  noArea: 'the width and the height must be more than 0',
  tooFewVertices: 'too few vertices',
  outsidePicture: 'outside of the picture',
  noOffsets: 'no start and end in a text',
  outsideText: 'outside of the text',
  noColor: 'no colour such as “#2ca02c”',
  sameColor: 'another class has the same colour',
};
