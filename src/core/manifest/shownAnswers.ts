import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { type Drawing, isEmpty } from './drawing.js';
import { answerDrawing } from './elementDrawing.js';
import { field } from './lineReading.js';
import { answersIn, readAnswer, type WorkerAnswer } from './workerResponses.js';

/** An answer as it is shown beside its object. */
export interface ShownAnswer extends WorkerAnswer {
  /** The classes that were chosen or drawn, each once. */
  readonly classes: readonly string[];
  /** Absent where the answer draws nothing. */
  readonly drawing?: Drawing;
}

/** As `readWorkerAnswers`, with more than the analysis of a whole job has use for. */
export function readShownAnswers(file: JsonValue): readonly ShownAnswer[] {
  return answersIn(file).map((answer) => shownAnswer(readAnswer(answer), field(answer, 'answerContent')));
}

function shownAnswer(answer: WorkerAnswer, content: JsonValue | undefined): ShownAnswer {
  if (!isObject(content)) {
    return { ...answer, classes: [] };
  }
  const drawing = answerDrawing(content);
  const classes = [...new Set([...chosenIn(content), ...drawnIn(drawing)])];
  return { ...answer, classes, ...(!isEmpty(drawing) && { drawing }) };
}

function chosenIn(content: JsonObject): readonly string[] {
  return Object.values(content).flatMap((element) => {
    const [label, labels] = isObject(element) ? [field(element, 'label'), field(element, 'labels')] : [];
    const chosen: readonly JsonValue[] = Array.isArray(labels) ? labels : label === undefined ? [] : [label];
    return chosen.filter((name) => typeof name === 'string');
  });
}

function drawnIn({ shapes, spans, mask }: Drawing): readonly string[] {
  return [...shapes, ...spans, ...(mask?.classes ?? [])].map(({ className }) => className);
}

/** How the workers answered about one object. */
export interface Votes {
  /** By class, the most often chosen first: how many workers chose or drew it. */
  readonly classes: readonly { readonly name: string; readonly workers: number }[];
  readonly workers: number;
  /** How many of the workers named exactly the same classes: of the largest such group. */
  readonly agreeing: number;
}

/** A worker who answered again, in a later iteration, counts once, with the last answer. */
export function countVotes(answers: readonly Pick<ShownAnswer, 'workerId' | 'classes'>[]): Votes {
  const last = new Map(answers.map(({ workerId, classes }) => [workerId, classes]));
  const ofClass = new Map<string, number>();
  const ofChoice = new Map<string, number>();
  for (const classes of last.values()) {
    for (const name of classes) {
      ofClass.set(name, (ofClass.get(name) ?? 0) + 1);
    }
    const choice = JSON.stringify(classes.toSorted());
    ofChoice.set(choice, (ofChoice.get(choice) ?? 0) + 1);
  }
  return {
    classes: Array.from(ofClass, ([name, workers]) => ({ name, workers })).toSorted((a, b) => b.workers - a.workers),
    workers: last.size,
    agreeing: Math.max(0, ...ofChoice.values()),
  };
}
