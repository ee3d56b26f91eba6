import { AttributeTally, type TallyPart } from './attributeTally.js';
import { Dictionary } from './dictionary.js';
import { areSame, growableBytes, growableIntegers, growableNumbers } from './growable.js';
import { firstList, labelState, otherClass } from './labelCodes.js';
import type { LabelReading } from './lineReading.js';

/**
 * One label attribute of all lines. A line beyond the end of an array has the value 0, and so does a line that has
 * nothing to say: its state is `unlabeled`.
 */
export class AttributeColumns {
  readonly name: string;
  readonly states = growableBytes();
  /** 0: none; else the class's number plus one, or, from `firstList` on, a place in `lists`. */
  readonly classes = growableIntegers();
  readonly confidences = growableNumbers();
  readonly creationTimes = growableNumbers();
  readonly types = growableBytes();

  /** For lines with any number of classes but one: how many, then the number of each. */
  readonly lists = growableIntegers();
  /** The confidence that goes with each place of `lists`. */
  readonly listConfidences = growableNumbers();
  #listLength = 0;

  readonly classNames = new Dictionary(10_000);
  readonly typeNames = new Dictionary(255);
  readonly jobNames = new Dictionary(1_000);
  #tally = new AttributeTally();

  constructor(name: string) {
    this.name = name;
  }

  ensure(lines: number): void {
    if (lines <= this.types.data.length) {
      return; // The one that is made longer last.
    }
    this.states.ensure(lines);
    this.classes.ensure(lines);
    this.confidences.ensure(lines);
    this.creationTimes.ensure(lines);
    this.types.ensure(lines);
  }

  reserve(lines: number): void {
    for (const column of [this.states, this.classes, this.confidences, this.creationTimes, this.types]) {
      column.reserve(lines);
    }
  }

  put(line: number, label: LabelReading): void {
    this.ensure(line + 1);
    this.states.data[line] = labelState[label.state];
    this.confidences.data[line] = label.confidence;
    this.creationTimes.data[line] = label.createdAt;
    this.types.data[line] = this.typeId(label.type);
    this.jobNames.idOf(label.jobName);
    const [only] = label.classes;
    this.classes.data[line] =
      label.classes.length === 1 && only !== undefined ? this.classId(only.name) + 1 : this.#putList(label);
  }

  /** As `columnsRoom.ts` has it. */
  share(lines: number, own: number): AttributeRoom {
    return {
      name: this.name,
      states: this.states.share(lines, own),
      types: this.types.share(lines, own),
      classes: this.classes.share(lines, own),
      confidences: this.confidences.share(lines, own),
      creationTimes: this.creationTimes.share(lines, own),
      classNames: this.classNames.texts,
      typeNames: this.typeNames.texts,
      jobNames: this.jobNames.texts,
    };
  }

  moveInto(room: AttributeRoom): void {
    this.states.data = room.states;
    this.types.data = room.types;
    this.classes.data = room.classes;
    this.confidences.data = room.confidences;
    this.creationTimes.data = room.creationTimes;
    this.classNames.merge(room.classNames);
    this.typeNames.merge(room.typeNames);
    this.jobNames.merge(room.jobNames);
  }

  /** What there is in the first `lines` lines: so many have been added, and some may have been counted before. */
  tallied(lines: number): AttributeTally {
    this.#tally.advance(this, lines);
    return this.#tally;
  }

  /** The first `lines` lines as data. */
  part(lines: number): AttributePart {
    return {
      name: this.name,
      states: this.states.data.subarray(0, lines),
      types: this.types.data.subarray(0, lines),
      classes: this.classes.data.subarray(0, lines),
      confidences: this.confidences.data.subarray(0, lines),
      creationTimes: this.creationTimes.data.subarray(0, lines),
      lists: this.lists.data.subarray(0, this.#listLength),
      listConfidences: this.listConfidences.data.subarray(0, this.#listLength),
      classNames: this.classNames.texts,
      typeNames: this.typeNames.texts,
      jobNames: this.jobNames.texts,
      tally: this.tallied(lines).part(),
    };
  }

  mark(): AttributeMark {
    const { classNames, typeNames, jobNames } = this;
    return { listLength: this.#listLength, classes: classNames.size, types: typeNames.size, jobs: jobNames.size };
  }

  /** Forgets what was put from line `first` on, up to `end`, which is all since `mark`. */
  rewind({ listLength, classes, types, jobs }: AttributeMark, first: number, end: number): void {
    for (const column of [this.states, this.classes, this.confidences, this.creationTimes, this.types]) {
      column.data.fill(0, first, end);
    }
    this.#listLength = listLength;
    this.#tally = new AttributeTally();
    this.classNames.truncate(classes);
    this.typeNames.truncate(types);
    this.jobNames.truncate(jobs);
  }

  hasRoomFor(part: AttributePart): boolean {
    return (
      this.classNames.hasRoomFor(part.classNames) &&
      this.typeNames.hasRoomFor(part.typeNames) &&
      this.jobNames.hasRoomFor(part.jobNames)
    );
  }

  /** Puts the lines of `part` after the first `lines`. There must be room for its names. */
  append(part: AttributePart, lines: number): void {
    const classIds = this.classNames.merge(part.classNames);
    const typeIds = this.typeNames.merge(part.typeNames);
    this.jobNames.merge(part.jobNames);
    const counted = this.tallied(lines);
    renumberTypes(part, typeIds);
    this.types.take(part.types, lines);
    this.states.take(part.states, lines);
    this.confidences.take(part.confidences, lines);
    this.creationTimes.take(part.creationTimes, lines);
    this.#renumberClasses(part, classIds);
    this.classes.take(part.classes, lines);
    this.#appendLists(part, classIds);
    counted.append(part.tally, classIds, this.classNames.size);
  }

  #renumberClasses({ classes, lists }: AttributePart, classIds: Uint32Array): void {
    const listShift = lists.length === 0 ? 0 : this.#listLength;
    if (listShift === 0 && areSame(classIds)) {
      return;
    }
    for (let line = 0; line < classes.length; line++) {
      const place = classes[line] ?? 0;
      if (place > 0) {
        classes[line] = place >= firstList ? place + listShift : (classIds[place - 1] ?? otherClass) + 1;
      }
    }
  }

  // A list is the number of its classes, then the classes.
  #appendLists({ lists, listConfidences }: AttributePart, classIds: Uint32Array): void {
    const start = this.#listLength;
    this.#listLength += lists.length;
    this.lists.ensure(this.#listLength);
    this.listConfidences.ensure(this.#listLength);
    this.listConfidences.data.set(listConfidences, start);
    for (let at = 0; at < lists.length;) {
      const end = at + 1 + (lists[at] ?? 0);
      this.lists.data[start + at] = lists[at] ?? 0;
      for (at++; at < end; at++) {
        this.lists.data[start + at] = classIds[lists[at] ?? 0] ?? otherClass;
      }
    }
  }

  classId(name: string): number {
    return this.classNames.idOf(name) ?? otherClass;
  }

  typeId(type: string): number {
    return this.typeNames.idOf(type) ?? 0;
  }

  #putList({ classes }: LabelReading): number {
    if (classes.length === 0) {
      return 0;
    }
    const start = this.#listLength;
    this.#listLength += classes.length + 1;
    this.lists.ensure(this.#listLength);
    this.listConfidences.ensure(this.#listLength);
    this.lists.data[start] = classes.length;
    classes.forEach(({ name, confidence }, index) => {
      this.lists.data[start + 1 + index] = this.classId(name);
      this.listConfidences.data[start + 1 + index] = confidence;
    });
    return firstList + start;
  }
}

/** Memory for one label attribute's columns, and the texts whose numbers are settled. */
export interface AttributeRoom {
  readonly name: string;
  readonly states: Uint8Array;
  readonly types: Uint8Array;
  readonly classes: Uint32Array;
  readonly confidences: Float64Array;
  readonly creationTimes: Float64Array;
  readonly classNames: readonly string[];
  readonly typeNames: readonly string[];
  readonly jobNames: readonly string[];
}

/** One label attribute's columns as data, with the texts that their numbers stand for. */
export interface AttributePart extends AttributeRoom {
  readonly lists: Uint32Array;
  readonly listConfidences: Float64Array;
  readonly tally: TallyPart;
}

/** How much there is of an attribute, to forget what is added later. */
export interface AttributeMark {
  readonly listLength: number;
  readonly classes: number;
  readonly types: number;
  readonly jobs: number;
}

function renumberTypes({ states, types }: AttributePart, typeIds: Uint32Array): void {
  if (areSame(typeIds)) {
    return; // As good as always: there are hardly ever two types of labels.
  }
  for (let line = 0; line < types.length; line++) {
    // A line without a label has the number 0 of whatever type came first.
    types[line] = states[line] === labelState.unlabeled ? 0 : (typeIds[types[line] ?? 0] ?? 0);
  }
}
