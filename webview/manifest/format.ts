import type { ProblemReason } from '../../src/core/manifest/lineProblems.js';
import type { LabelStateName } from '../../src/core/manifest/arrangement.js';

const whole = new Intl.NumberFormat('en');

export function count(value: number): string {
  return whole.format(value);
}

export function counted(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

export function percent(part: number, all: number): string {
  if (all === 0) {
    return '0 %';
  }
  const share = (part / all) * 100;
  return share > 0 && share < 1 ? '< 1 %' : `${Math.round(share)} %`;
}

/** Two decimals, as Ground Truth writes confidences. */
export function confidence(value: number): string {
  return value.toFixed(2);
}

export function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB'] as const;
  let unit = 0;
  let rest = value;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${unit === 0 ? rest : rest.toFixed(1)} ${units[unit] ?? ''}`;
}

/** A range of confidences: a bar of a histogram ends just before the next one begins. */
export function confidenceRange({ from, to }: { readonly from: number; readonly to: number }): string {
  const isWhole = Math.abs(to - Math.round(to * 1e6) / 1e6) < 1e-12;
  return isWhole ? `${confidence(from)} – ${confidence(to)}` : `${confidence(from)} – below ${confidence(to)}`;
}

const dayAndTime = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone: 'UTC' });

/** As in the manifest, to the minute: `2019-04-18 16:40`, in UTC. */
export function time(milliseconds: number): string {
  return dayAndTime.format(milliseconds);
}

/** From the first to the last: the day is said once where it is the same. */
export function timeSpan(first: number, last: number): string {
  const from = time(first);
  const to = time(last);
  if (from === to) {
    return from;
  }
  const [day, clock = ''] = to.split(' ');
  return from.startsWith(`${day} `) ? `${from} – ${clock}` : `${from} – ${to}`;
}

/** Tenths of a second count only below a minute; what is rounded up to one is said to be one. */
export function seconds(value: number): string {
  const wholeSeconds = Math.round(value);
  return value < 59.95 ? `${value.toFixed(1)} s` : `${Math.floor(wholeSeconds / 60)} min ${wholeSeconds % 60} s`;
}

export const stateNames: { readonly [State in LabelStateName]: string } = {
  human: 'Human',
  machine: 'Machine',
  failed: 'Failed',
  unstated: 'Unstated',
  unlabeled: 'Unlabeled',
};

export const notComputed = 'Not computed (one worker)';

/** The last part of an address; the whole text where it has none. */
export function fileName(source: string): string {
  const name = source.slice(source.lastIndexOf('/', source.length - 2) + 1);
  return name === '' ? source : name;
}

export function problemText(reason: ProblemReason): string {
  switch (reason.kind) {
    case 'notJson':
      return `Not JSON: ${reason.message.replace(/ is not valid JSON$/u, '')}`;
    case 'notAnObject':
      return 'JSON, but not an object: a line must be one object in braces.';
    case 'tooLongToRead':
      return `Longer than ${bytes(reason.mostBytes)}, and left out.`;
    case 'noSource':
      return 'Has neither "source-ref" nor "source": Ground Truth would not know what to label.';
    case 'longerThanAllowed':
      return `${count(reason.characters)} characters: Ground Truth allows 100,000 in a line.`;
    case 'severalLines':
      return `The object goes on to line ${count(reason.lastLine + 1)}: Ground Truth wants each object on one line.`;
    case 'trailingComma':
      return 'A comma after the object: Ground Truth would refuse the line.';
  }
}

/** `#2ca02c`, of a number. */
export function hexColor(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}
