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
