// Ground Truth writes UTC with microseconds and no offset, Rekognition writes milliseconds and `Z`, custom jobs either.
const pattern = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))?$/u;

/** Milliseconds since 1970, microseconds as their fraction; NaN where `text` is no time. Without an offset it is UTC. */
export function parseCreationTime(text: string): number {
  const found = pattern.exec(text);
  if (!found) {
    return Number.NaN;
  }
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const microseconds = Number((found[7] ?? '').slice(0, 6).padEnd(6, '0'));
  const time = epochMs(year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0, microseconds);
  const offsetMs = (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0)) * 60_000;
  return found[8] === '-' ? time + offsetMs : time - offsetMs;
}

const zero = 0x30;

/** The same for UTF-8 bytes in Ground Truth's own form, `2019-04-18T16:40:59.217995`; `undefined` for any other form. */
export function creationTimeOfBytes(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (
    end - start !== 26 ||
    bytes[start + 4] !== 0x2d ||
    bytes[start + 7] !== 0x2d ||
    bytes[start + 10] !== 0x54 ||
    bytes[start + 13] !== 0x3a ||
    bytes[start + 16] !== 0x3a ||
    bytes[start + 19] !== 0x2e
  ) {
    return undefined;
  }
  const year = digits(bytes, start, 4);
  const month = digits(bytes, start + 5, 2);
  const day = digits(bytes, start + 8, 2);
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  const second = digits(bytes, start + 17, 2);
  const microseconds = digits(bytes, start + 20, 6);
  // A sum with one NaN in it is NaN: some byte was no digit.
  const sum = year + month + day + hour + minute + second + microseconds;
  return Number.isNaN(sum) ? undefined : epochMs(year, month, day, hour, minute, second, microseconds);
}

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = (bytes[at] ?? 0) - zero;
    if (digit < 0 || digit > 9) {
      return Number.NaN;
    }
    value = value * 10 + digit;
  }
  return value;
}

// The civil calendar by arithmetic: making a Date for each of a million lines costs more than the rest of the line.
function epochMs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  microseconds: number,
): number {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) {
    return Number.NaN;
  }
  // Years that start in March put the leap day last, so that the days before a month follow one formula.
  const shifted = month <= 2 ? year - 1 : year;
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  const days = shifted * 365 + leapDays + dayOfYear - daysToEpoch;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + microseconds / 1000;
}

/** From March 1st of the year 0 to January 1st of 1970. */
const daysToEpoch = 719_468;
