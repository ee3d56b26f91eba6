/** The answers of a whole job, one at each place of the three arrays: whose, for which object, and which class. */
export interface JobAnswers {
  readonly objects: Int32Array;
  readonly workers: Int32Array;
  readonly labels: Int32Array;
  readonly objectCount: number;
  readonly workerCount: number;
  readonly classCount: number;
}

/**
 * The answers in the form that estimates go through: a row has all that was answered about an object. Objects about
 * which the same workers answered the same share a row, so that a job of few workers has few rows, whatever its length.
 */
export interface AnswerTable {
  readonly objectCount: number;
  readonly workerCount: number;
  readonly classCount: number;
  readonly rowCount: number;
  /** For each row, and one more, where its answers begin in `answers`. */
  readonly rowStarts: Int32Array;
  /** The place of each answer in `cellWorkers` and `cellLabels`. */
  readonly answers: Int32Array;
  /** How many objects each row stands for. */
  readonly weights: Float64Array;
  readonly rowOfObject: Int32Array;
  /** A cell is a worker with a class that the worker chose somewhere; they are sorted by worker, then by class. */
  readonly cellWorkers: Int32Array;
  readonly cellLabels: Int32Array;
}

/**
 * Puts the answers together. The result depends on who answered what about which object and on nothing else: not on the
 * order of the answers. Throws a `RangeError` for numbers that are out of their range.
 */
export function answerTable(job: JobAnswers): AnswerTable {
  checkRanges(job);
  const { objectCount, workerCount, classCount } = job;
  const { cellOfAnswer, cellWorkers, cellLabels } = findCells(job);
  const { starts, cells } = byObject(job, cellOfAnswer);
  const { rowOfObject, firstObjects, weights } = findRows(starts, cells);
  const rowStarts = new Int32Array(firstObjects.length + 1);
  firstObjects.forEach((object, row) => {
    rowStarts[row + 1] = (rowStarts[row] ?? 0) + (starts[object + 1] ?? 0) - (starts[object] ?? 0);
  });
  const answers = new Int32Array(rowStarts.at(-1) ?? 0);
  firstObjects.forEach((object, row) => {
    answers.set(cells.subarray(starts[object], starts[object + 1]), rowStarts[row]);
  });
  return {
    objectCount,
    workerCount,
    classCount,
    rowCount: firstObjects.length,
    rowStarts,
    answers,
    weights: Float64Array.from(weights),
    rowOfObject,
    cellWorkers,
    cellLabels,
  };
}

function checkRanges({ objects, workers, labels, objectCount, workerCount, classCount }: JobAnswers): void {
  if (objects.length !== workers.length || objects.length !== labels.length) {
    throw new RangeError('Each answer must have an object, a worker and a class.');
  }
  if (!isWithin(objects, objectCount) || !isWithin(workers, workerCount) || !isWithin(labels, classCount)) {
    throw new RangeError('An answer has an object, a worker or a class that the job does not have.');
  }
}

function isWithin(values: Int32Array, count: number): boolean {
  return values.every((value) => value >= 0 && value < count);
}

function findCells({ workers, labels, workerCount, classCount }: JobAnswers) {
  const cellOf = new Int32Array(workerCount * classCount);
  workers.forEach((worker, answer) => {
    cellOf[worker * classCount + (labels[answer] ?? 0)] = 1;
  });
  const used = cellOf.reduce((count, isUsed) => count + isUsed, 0);
  const cellWorkers = new Int32Array(used);
  const cellLabels = new Int32Array(used);
  let cell = 0;
  cellOf.forEach((isUsed, key) => {
    if (isUsed === 1) {
      cellWorkers[cell] = Math.floor(key / classCount);
      cellLabels[cell] = key % classCount;
      cellOf[key] = cell;
      cell += 1;
    }
  });
  const cellOfAnswer = workers.map((worker, answer) => cellOf[worker * classCount + (labels[answer] ?? 0)] ?? 0);
  return { cellOfAnswer, cellWorkers, cellLabels };
}

/** The cells of each object's answers, sorted. */
function byObject({ objects, objectCount }: JobAnswers, cellOfAnswer: Int32Array) {
  const starts = new Int32Array(objectCount + 1);
  for (const object of objects) {
    starts[object + 1] = (starts[object + 1] ?? 0) + 1;
  }
  for (let object = 0; object < objectCount; object += 1) {
    starts[object + 1] = (starts[object + 1] ?? 0) + (starts[object] ?? 0);
  }
  const next = starts.slice();
  const cells = new Int32Array(objects.length);
  objects.forEach((object, answer) => {
    cells[next[object] ?? 0] = cellOfAnswer[answer] ?? 0;
    next[object] = (next[object] ?? 0) + 1;
  });
  for (let object = 0; object < objectCount; object += 1) {
    cells.subarray(starts[object], starts[object + 1]).sort();
  }
  return { starts, cells };
}

/** Objects with the same cells find the same row, by a hash table whose size is a power of two. */
function findRows(starts: Int32Array, cells: Int32Array) {
  const objectCount = starts.length - 1;
  const mask = 2 ** Math.ceil(Math.log2(objectCount * 2 + 1)) - 1;
  const rowAt = new Int32Array(mask + 1).fill(-1);
  const rowOfObject = new Int32Array(objectCount);
  const firstObjects: number[] = [];
  const weights: number[] = [];
  for (let object = 0; object < objectCount; object += 1) {
    let place = hashOf(cells, starts[object] ?? 0, starts[object + 1] ?? 0) & mask;
    let row = rowAt[place] ?? -1;
    while (row !== -1 && !isAlike(starts, cells, [object, firstObjects[row] ?? 0])) {
      place = (place + 1) & mask;
      row = rowAt[place] ?? -1;
    }
    if (row === -1) {
      row = firstObjects.length;
      rowAt[place] = row;
      firstObjects.push(object);
      weights.push(0);
    }
    rowOfObject[object] = row;
    weights[row] = (weights[row] ?? 0) + 1;
  }
  return { rowOfObject, firstObjects, weights };
}

function hashOf(cells: Int32Array, start: number, end: number): number {
  let hash = end - start;
  for (let answer = start; answer < end; answer += 1) {
    hash = Math.imul(hash ^ (cells[answer] ?? 0), 0x9e_37_79_b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function isAlike(starts: Int32Array, cells: Int32Array, [one, other]: readonly [number, number]): boolean {
  const [start = 0, otherStart = 0] = [starts[one], starts[other]];
  const length = (starts[one + 1] ?? 0) - start;
  if ((starts[other + 1] ?? 0) - otherStart !== length) {
    return false;
  }
  for (let answer = 0; answer < length; answer += 1) {
    if (cells[start + answer] !== cells[otherStart + answer]) {
      return false;
    }
  }
  return true;
}
