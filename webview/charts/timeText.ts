import type { LabelTimes } from '../../src/core/manifest/labelTimes.js';
import { timeSpan } from '../manifest/format.js';
import type { Tick } from './binnedChart.js';

const formats = {
  clock: new Intl.DateTimeFormat('sv', { timeStyle: 'short', timeZone: 'UTC' }),
  exact: new Intl.DateTimeFormat('sv', { timeStyle: 'medium', timeZone: 'UTC' }),
  day: new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat('sv', { year: 'numeric', month: '2-digit', timeZone: 'UTC' }),
  year: new Intl.DateTimeFormat('sv', { year: 'numeric', timeZone: 'UTC' }),
};

type Unit = LabelTimes['step']['unit'];
const formatOf: { readonly [U in Unit]: keyof typeof formats } = {
  second: 'exact',
  minute: 'clock',
  hour: 'clock',
  day: 'day',
  week: 'day',
  month: 'month',
  year: 'year',
};

/** When a step is, in words. */
export function stepText({ step }: LabelTimes, { from, to }: { readonly from: number; readonly to: number }): string {
  switch (step.unit) {
    case 'second':
      return `${formats.day.format(from)} ${formats.exact.format(from)}`;
    case 'minute':
    case 'hour':
      return timeSpan(from, to);
    case 'day':
      return formats.day.format(from);
    case 'week':
      return `week of ${formats.day.format(from)}`;
    case 'month':
    case 'year':
      return formats[step.unit].format(from);
  }
}

/** How long a step is, in words. */
export function stepName({ unit, count }: LabelTimes['step']): string {
  return count === 1 ? unit : `${count} ${unit}s`;
}

/** At both ends, and in the middle where it has one: more would run into each other in little room. */
export function timeTicks({ step, steps }: LabelTimes): readonly Tick[] {
  const format = formats[formatOf[step.unit]];
  const isWithinDays = ['second', 'minute', 'hour'].includes(step.unit);
  const textOf = (time: number, isFirst: boolean) =>
    isFirst && isWithinDays ? `${formats.day.format(time)} ${format.format(time)}` : format.format(time);
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) {
    return [];
  }
  const middle = Math.floor(steps.length / 2);
  const isNewDay = isWithinDays && formats.day.format(first.from) !== formats.day.format(last.to);
  return [
    { at: 0, text: textOf(first.from, true) },
    ...(steps.length >= 4 ? [{ at: middle, text: textOf(steps[middle]?.from ?? 0, false) }] : []),
    { at: steps.length, text: textOf(last.to, isNewDay) },
  ];
}
