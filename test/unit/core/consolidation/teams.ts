/** Answers of as many workers as there are values, with names that do not come in their order. */
export function answersOf<V, A extends object>(
  values: readonly V[],
  answerOf: (value: V) => A,
): readonly (A & { readonly worker: string })[] {
  return values.map((value, index) => ({ ...answerOf(value), worker: `worker-${(index * 7) % 10}` }));
}

/** The same in one of all possible orders. */
export function reordered<T>(items: readonly T[], seed: number): readonly T[] {
  const rest = [...items];
  let left = seed;
  const result: T[] = [];
  while (rest.length > 0) {
    result.push(...rest.splice(left % rest.length, 1));
    left = Math.floor(left / (rest.length + 1));
  }
  return result;
}
