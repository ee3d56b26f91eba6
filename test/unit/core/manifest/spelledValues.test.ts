import assert from 'node:assert/strict';
import { compareWithParser } from './comparedLines.js';
import { scanned } from './scanning.js';

// Values as they may be spelled, each in a line of a shape that was learned before: what is read 16 bytes at a time must
// be what is read byte by byte.
const numbers = [
  '0',
  '-0',
  '0.0',
  '1',
  '0.5',
  '0.95',
  '10.25',
  '-12.5',
  '100',
  '1.0',
  '12345678901234',
  '123456789012345',
  '1234567890123456',
  '12345678901234567890',
  '0.123456789012',
  '0.1234567890123',
  '0.12345678901234',
  '0.123456789012345',
  '0.1234567890123456789',
  '12345678901234.5',
  '123456789012345.5',
  '1234567890123456.5',
  '0.30000000000000004',
  '9007199254740993',
  '00',
  '01',
  '1.',
  '.5',
  '-',
  '-.5',
  '1..2',
  '1.2.3',
  '+1',
  '0x1',
  '1e5',
  '1E-2',
  '1.e2',
  '٣',
];
const times = [
  '2026-01-02T03:04:05.678901',
  '2026-01-02T23:59:59.999999',
  '2026-01-02T00:00:00.000000',
  '2026-01-02T24:00:00.000000',
  '2026-01-02T23:60:00.000000',
  '2026-01-02T23:59:60.000000',
  '2026-01-02T23:59:61.000000',
  '2026-01-02T99:99:99.999999',
  '2026-01-02 03:04:05.678901',
  '2026-01-02T03:04:05.67890',
  '2026-01-02T03:04:05.6789012',
  '2026-01-02T03:04:05.678Z',
  '2026-01-02T03:04:05',
  '2026-01-02T03-04-05.678901',
  '2026-01-02T03:04:05,678901',
  '2026-01-02T03:04:05:678901',
  '2026-01-02T0a:04:05.678901',
  '2026-01-02T03:/4:05.678901',
  '2026-01-02T03:04:05.67890:',
  '2026-13-02T03:04:05.678901',
  '2026-01-32T03:04:05.678901',
  'x026-01-02T03:04:05.678901',
  '',
];

describe('values in lines of a known shape', () => {
  const [first = '', second = ''] = times;

  const cases = [
    ...numbers.map((number) => ({ name: `the number ${number}`, text: line(number, first) })),
    ...times.map((time) => ({ name: `the time "${time}"`, text: line('0.5', time) })),
    ...['', '/', 'a', 'a/', '/a', 'abcdefghijklmnop', 's3://b/abcdefghijklmnopq.jpg', 's3://b/a/', 'a//b'].map(
      (source) => ({
        name: `the source "${source}"`,
        text: line('0.5', first, source),
      }),
    ),
  ];
  for (const { name, text } of cases) {
    it(`are read as JSON.parse reads them: ${name}`, async () => {
      const bytes = new TextEncoder().encode([line('0.5', second), text, line('0.25', first), text, ''].join('\n'));
      assert.deepEqual(compareWithParser(await scanned(bytes), bytes, 0), []);
    });
  }

  it('that most lines have in common may be others in some', async () => {
    const others = [
      ['"yes"', '"no"'],
      ['image-classification', 'object-detection'],
      ['labeling-job/a', 'labeling-job/b'],
      ['"human-annotated":"yes"', '"human-annotated":true'],
    ] as const;
    const lines = Array.from({ length: 60 }, (_, at) => {
      const [from, to] = others[at % 7] ?? ['', ''];
      return line('0.5', first, `s3://b/${at}.jpg`).replace(from, to);
    });
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
    const document = await scanned(bytes);
    assert.deepEqual(compareWithParser(document, bytes, 0), []);
    assert.deepEqual(document.columns.attribute('a')?.jobNames.texts, ['labeling-job/a', 'labeling-job/b']);
  });
});

function line(confidence: string, time: string, source = 's3://b/a.jpg'): string {
  return `{"source-ref":"${source}","a":0,"a-metadata":{"confidence":${confidence},"class-name":"cat","human-annotated":"yes","creation-date":"${time}","type":"groundtruth/image-classification","job-name":"labeling-job/a"}}`;
}
