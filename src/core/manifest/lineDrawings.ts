import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { type Drawing, type DrawingProblem, isEmpty, type MaskClass, nothingDrawn, type Shape } from './drawing.js';
import {
  confidenceIn,
  isList,
  objectsIn,
  readColor,
  readMaskClasses,
  readOutline,
  readSize,
  type Report,
  white,
} from './drawingReading.js';
import { answerDrawing } from './elementDrawing.js';
import { field, metadataSuffix, readState } from './lineReading.js';

export interface LineDrawing {
  /** The label attribute's name. */
  readonly attribute: string;
  /** A person's confidence of 0 says nothing; a machine's is a real one. */
  readonly isMachine: boolean;
  readonly drawing: Drawing;
}

/**
 * What a line's labels draw on its object, in the line's order; labels that draw nothing are left out. Never throws:
 * what cannot be read is among the drawing's problems. By the labels' form and not by their `type`, since custom jobs
 * and other tools use the same forms under names of their own.
 */
export function lineDrawings(line: JsonObject): readonly LineDrawing[] {
  return Object.entries(line).flatMap(([key, metadata]) => {
    if (!key.endsWith(metadataSuffix) || key.length === metadataSuffix.length || !isObject(metadata)) {
      return [];
    }
    const attribute = key.slice(0, -metadataSuffix.length);
    const drawing = labelDrawing(field(line, attribute), metadata);
    const isMachine = readState(field(metadata, 'human-annotated')) === 'machine';
    return isEmpty(drawing) ? [] : [{ attribute, isMachine, drawing }];
  });
}

function labelDrawing(label: JsonValue | undefined, metadata: JsonObject): Drawing {
  const colors = field(metadata, 'internal-color-map');
  if (typeof label === 'string' && isObject(colors)) {
    return maskDrawing(colors);
  }
  if (!isObject(label)) {
    return nothingDrawn;
  }
  const annotations = field(label, 'annotations');
  if (isList(annotations)) {
    return annotationDrawing(label, annotations, metadata);
  }
  const entities = isObject(annotations) ? field(annotations, 'entities') : undefined;
  return isList(entities) ? entityDrawing(entities, metadata) : answerDrawing(label);
}

/** `{"0":{"class-name":"BACKGROUND","hex-color":"#ffffff","confidence":0.9},"1":…}` */
function maskDrawing(colors: JsonObject): Drawing {
  const { problems, report } = problemList();
  const entries = Object.entries(colors).flatMap(([id, color]) => {
    if (!isObject(color)) {
      return [{ className: id, color: undefined }];
    }
    const name = field(color, 'class-name');
    return [
      { className: typeof name === 'string' ? name : id, color: field(color, 'hex-color'), ...confidenceIn(color) },
    ];
  });
  const classes: readonly MaskClass[] = readMaskClasses(
    entries.filter((entry) => !isBackground(entry)),
    'internal-color-map',
    report,
  );
  const background = readColor(entries.find(isBackground)?.color) ?? white;
  return { ...nothingDrawn, mask: { source: { kind: 'file' }, classes, background }, problems };
}

function isBackground({ className }: { readonly className: string }): boolean {
  return className.toUpperCase() === 'BACKGROUND';
}

/** `{"image_size":[{"width","height","depth"}],"annotations":[{"class_id","top","left","height","width"}]}` */
function annotationDrawing(label: JsonObject, annotations: readonly JsonValue[], metadata: JsonObject): Drawing {
  const { problems, report } = problemList();
  const sizes = field(label, 'image_size');
  const size = readSize(isList(sizes) ? sizes[0] : sizes);
  const confidences = field(metadata, 'objects');
  const nameClass = classNaming(metadata);
  const shapes = objectsIn(annotations, 'annotations', report).flatMap(({ object, written }): readonly Shape[] => {
    const outline = readOutline(object, 'polygon');
    if (typeof outline === 'string') {
      report({ ...written, reason: outline });
      return [];
    }
    const { className, isNamed } = nameClass(object);
    if (!isNamed) {
      report({ ...written, reason: 'unnamedClass' });
    }
    return [{ ...written, className, ...confidenceAt(confidences, written.place), outline }];
  });
  return { ...nothingDrawn, ...(size && { size }), shapes, problems };
}

function classNaming(metadata: JsonObject) {
  const classMap = field(metadata, 'class-map') ?? field(metadata, 'class_map');
  const names = isObject(classMap) ? classMap : {};
  return (annotation: JsonObject): { readonly className: string; readonly isNamed: boolean } => {
    const id = field(annotation, 'class_id') ?? field(annotation, 'class-id');
    const label = field(annotation, 'label');
    if (id === undefined && typeof label === 'string') {
      return { className: label, isNamed: true };
    }
    const key = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
    const name = field(names, key);
    return typeof name === 'string' ? { className: name, isNamed: true } : { className: key, isNamed: false };
  };
}

/** `{"annotations":{"labels":[…],"entities":[{"label","startOffset","endOffset"}]}}` */
function entityDrawing(entities: readonly JsonValue[], metadata: JsonObject): Drawing {
  const { spans, problems } = answerDrawing({ entities });
  const confidences = field(metadata, 'entities');
  return {
    ...nothingDrawn,
    spans: spans.map((span) => Object.assign(confidenceAt(confidences, span.place), span)),
    problems,
  };
}

function confidenceAt(list: JsonValue | undefined, place: number): { readonly confidence?: number } {
  return confidenceIn(isList(list) ? list[place] : undefined);
}

function problemList(): { readonly problems: readonly DrawingProblem[]; readonly report: Report } {
  const problems: DrawingProblem[] = [];
  return { problems, report: (problem) => void problems.push(problem) };
}
