import { isObject, type JsonObject, type JsonValue } from '../../json.js';
import { parseCreationTime } from '../creationTime.js';
import { metadataSuffix } from '../lineReading.js';
import { finding, type LintedLine, rangeOf, rangeOfValue, replacing } from './lintedLine.js';
import type { LintFinding } from './lintFinding.js';
import { isNearly } from './nearName.js';

/** Keys beside a label that are nearly the one of its metadata: an object under `pets-meta` beside `pets`. */
export function nearMetadata(line: LintedLine): readonly LintFinding[] {
  const names = line.members.map(({ name }) => name);
  return line.members.flatMap(({ name, nameRange }) => {
    if (name.endsWith(metadataSuffix) || !isObject(line.value[name])) {
      return [];
    }
    const attribute = names.find((other) => other !== '' && isMetadataOf(name, other));
    if (attribute === undefined || names.includes(`${attribute}${metadataSuffix}`)) {
      return [];
    }
    const fix = replacing(line, nameRange, JSON.stringify(`${attribute}${metadataSuffix}`));
    return [finding({ kind: 'otherMetadataKey', key: name, attribute }, rangeOf(line, nameRange), fix)];
  });
}

function isMetadataOf(name: string, attribute: string): boolean {
  if (!name.startsWith(attribute) || attribute === 'source-ref' || attribute === 'source') {
    return false;
  }
  const suffix = name.slice(attribute.length);
  return /^[-_. ]?meta(?:data)?$/iu.test(suffix) || isNearly(suffix, metadataSuffix);
}

/** What is wrong with the time that a label says it is from; of none, it is told elsewhere (reference §5.2). */
export function timeFindings(line: LintedLine, attribute: string, metadata: JsonObject): readonly LintFinding[] {
  const { 'creation-date': time } = metadata as { readonly 'creation-date'?: JsonValue };
  if (time === undefined || (typeof time === 'string' && !Number.isNaN(parseCreationTime(time)))) {
    return [];
  }
  const told = typeof time === 'string' ? time : JSON.stringify(time);
  return [finding({ kind: 'noTime', attribute, time: told }, rangeOfValue(line, `${attribute}${metadataSuffix}`))];
}

/** The first confidence that is none: they are from 0 to 1, whatever has them (reference §5.2 and §5.3). */
export function confidenceFindings(line: LintedLine, attribute: string, metadata: JsonObject): readonly LintFinding[] {
  const wrong = confidencesIn(metadata).find((value) => typeof value === 'number' && (value < 0 || value > 1));
  return typeof wrong === 'number'
    ? [
        finding(
          { kind: 'confidenceOutside', attribute, confidence: wrong },
          rangeOfValue(line, `${attribute}${metadataSuffix}`),
        ),
      ]
    : [];
}

function confidencesIn(metadata: JsonObject): readonly (JsonValue | undefined)[] {
  const lists = [metadata['objects'], metadata['entities'], metadata['internal-color-map']];
  return [
    metadata['confidence'],
    ...childrenOf(metadata['confidence-map']),
    ...lists.flatMap((list) => childrenOf(list).map((child) => (isObject(child) ? child['confidence'] : undefined))),
  ];
}

function childrenOf(value: JsonValue | undefined): readonly (JsonValue | undefined)[] {
  return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
}
