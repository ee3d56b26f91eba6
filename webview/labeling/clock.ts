/** `0:20`, `12:05`, `1:02:03`. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60];
  const [hours, ...rest] = parts.map(String);
  const [minutes = '0', second = '0'] = rest;
  return hours === '0'
    ? `${minutes}:${second.padStart(2, '0')}`
    : `${hours}:${minutes.padStart(2, '0')}:${second.padStart(2, '0')}`;
}

/** A time limit as the portal words it: `5 Min`, `1 Hour`, `3 Days`. */
export function limitText(seconds: number): string {
  const units = [
    { name: 'Day', seconds: 86_400 },
    { name: 'Hour', seconds: 3_600 },
    { name: 'Min', seconds: 60 },
  ];
  const unit = units.find((each) => seconds >= each.seconds && seconds % each.seconds === 0);
  if (!unit) {
    return `${seconds} Sec`;
  }
  const count = seconds / unit.seconds;
  return `${count} ${unit.name}${count > 1 && unit.name !== 'Min' ? 's' : ''}`;
}
