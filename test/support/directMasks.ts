import { maskProblem, type Masks, mergeMasks } from '../../src/local/labeling/masks.js';

/** Works on masks where it is asked to, without a thread. */
export const directMasks: Masks = {
  check: async (answer) => maskProblem(answer),
  merge: async (object) => mergeMasks(object),
};
