import type { LineSource } from '../manifest/lineReading.js';
import { type ExportPart, inLargerPieces } from './exportPart.js';
import { type ExportInput, type LabeledObject, labeledObjects } from './labeledObjects.js';
import { csvCell, csvRecord } from './csvRecord.js';
import { boundsOf, type Mark } from './marks.js';
import type { ImageSize, LabelForm, ObjectLabel } from './objectLabel.js';

export interface CsvOptions {
  readonly path: string;
}

/**
 * A table after RFC 4180: a header, lines that end in CRLF, UTF-8 without a byte order mark. One row for each object,
 * and for each of its classes, marks and spans where there are several; an object without any has a row all the same.
 * Only the columns that the manifest's labels fill are there, which is why it is read twice. Lines count from 1, as
 * editors and the problems count them.
 *
 * Spreadsheets take a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break for a formula, whoever wrote it.
 * A text that does so, after any number of apostrophes, gets an apostrophe in front: a reader that takes one apostrophe
 * off such texts has the original again. Numbers stay as they are.
 */
export async function* exportCsv(
  input: ExportInput,
  { path }: CsvOptions,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  yield* inLargerPieces(csvParts(input, path, signal));
}

async function* csvParts(input: ExportInput, path: string, signal: AbortSignal): AsyncGenerator<ExportPart> {
  const passes = 2;
  const forms = new Set<LabelForm>();
  for await (const object of labeledObjects(input, { pass: 1, passes }, signal)) {
    if (object.kind === 'labeled') {
      forms.add(object.label.form);
    } else if (object.kind === 'progress') {
      yield object; // What is skipped is told in the second pass.
    }
  }
  const columns = columnsFor(forms);
  yield { kind: 'text', path, text: csvRecord(columns) };
  for await (const object of labeledObjects(input, { pass: 2, passes }, signal)) {
    if (object.kind !== 'labeled') {
      yield object;
      continue;
    }
    const common = commonRow(object);
    const rows = labelRows(object.label, object.source);
    const texts = (rows.length === 0 ? [{}] : rows).map((row: Row) =>
      csvRecord(columns.map((column) => csvCell(row[column] ?? common[column]))),
    );
    yield { kind: 'text', path, text: texts.join('') };
  }
}

const leadingColumns = ['line', 'source'] as const;
const formColumns = {
  class: ['class', 'confidence'],
  classes: ['class', 'confidence'],
  marks: [
    ...(['class', 'confidence', 'shape', 'left', 'top', 'width', 'height', 'points'] as const),
    ...(['image_width', 'image_height'] as const),
  ],
  mask: ['class', 'confidence', 'color', 'mask'],
  spans: ['class', 'confidence', 'start', 'end', 'text'],
  other: ['value'],
} as const;
const trailingColumns = ['annotated_by', 'type', 'job', 'created'] as const;

type Column =
  (typeof leadingColumns)[number] | (typeof formColumns)[LabelForm][number] | (typeof trailingColumns)[number];

type Row = { readonly [Name in Column]?: string | number };

function columnsFor(forms: ReadonlySet<LabelForm>): readonly Column[] {
  const order: readonly LabelForm[] = ['class', 'classes', 'marks', 'mask', 'spans', 'other'];
  const needed = order.filter((form) => forms.has(form)).flatMap((form): readonly Column[] => formColumns[form]);
  return [...leadingColumns, ...new Set(needed), ...trailingColumns];
}

function commonRow({ line, source, reading }: LabeledObject): Row {
  return {
    line: line + 1,
    source: source.value,
    annotated_by: reading.state,
    type: reading.type,
    job: reading.jobName,
    created: Number.isNaN(reading.createdAt) ? '' : new Date(reading.createdAt).toISOString(),
  };
}

function labelRows(label: ObjectLabel, source: LineSource): readonly Row[] {
  switch (label.form) {
    case 'class':
    case 'classes':
      return label.classes.map(({ name, confidence }) => ({ class: name, confidence }));
    case 'marks':
      return label.marks.length === 0 ? [sizeRow(label.size)] : label.marks.map((mark) => markRow(mark, label.size));
    case 'mask': {
      const colors = label.colors.map(({ name, confidence, hexColor }) => ({
        class: name,
        confidence,
        color: hexColor,
        mask: label.uri,
      }));
      return colors.length === 0 ? [{ mask: label.uri }] : colors;
    }
    case 'spans': {
      const characters = source.kind === 'text' ? Array.from(source.value) : [];
      return label.spans.map(({ name, confidence, start, end }) => ({
        class: name,
        confidence,
        start,
        end,
        text: characters.slice(start, end).join(''),
      }));
    }
    case 'other':
      return [{ value: typeof label.value === 'string' ? label.value : JSON.stringify(label.value) }];
  }
}

function sizeRow(size: ImageSize | undefined): Row {
  return size ? { image_width: size.width, image_height: size.height } : {};
}

function markRow(mark: Mark, size: ImageSize | undefined): Row {
  const { left, top, width, height } = boundsOf(mark);
  const points = mark.shape === 'box' ? '' : mark.points.map(({ x, y }) => `${x} ${y}`).join(' ');
  return {
    class: mark.name,
    confidence: mark.confidence,
    shape: mark.shape,
    left,
    top,
    width,
    height,
    points,
    ...sizeRow(size),
  };
}
