/** A manifest made from a seed: lines of every form, some of them mutated, one way of ending lines, one chunk size. */
export function randomManifest(seed: number, lines: number): { bytes: Uint8Array; chunkBytes: number } {
  const random = randomNumbers(seed);
  const lineBreak = random() < 0.3 ? '\r\n' : '\n';
  const style = pick(random, [compact, spaced, compact]);
  const form = pick(random, forms);
  const parts: Uint8Array[] = random() < 0.1 ? [Uint8Array.of(0xef, 0xbb, 0xbf)] : [];
  for (let line = 0; line < lines; line++) {
    // Mostly one form, as in real files, so that shapes are learned and used.
    const make = random() < 0.85 ? form : pick(random, forms);
    const text = random() < 0.03 ? pick(random, oddLines) : style(make(random, line));
    const bytes = encoder.encode(text);
    parts.push(random() < 0.12 ? mutate(random, bytes) : bytes);
    parts.push(encoder.encode(line === lines - 1 && random() < 0.5 ? '' : lineBreak));
  }
  return { bytes: concatenate(parts), chunkBytes: pick(random, [16, 61, 1024, 65_536]) };
}

type Random = () => number;
type Members = readonly (readonly [key: string, json: string])[];

const encoder = new TextEncoder();

/** Mulberry32: small, and the same everywhere. */
export function randomNumbers(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

const numbers = [
  '0',
  '1',
  '0.95',
  '0.51',
  '-0',
  '0.0',
  '1.0',
  '1e-2',
  '1E+2',
  '0.8054600000000001',
  '12345678901234567890',
  '-1.5',
  '9007199254740993',
  '0.1234567890123456789',
  '1e400',
  '0e0',
  '5e-324',
  '0.30000000000000004',
] as const;
const texts = [
  '"cat"',
  '"dog"',
  '""',
  '"a\\"b"',
  '"caf\\u00e9"',
  '"café"',
  '"犬"',
  '"🐕"',
  '"\\ud83d"',
  '"a\\\\"',
  '"}"',
  '"{\\"confidence\\":1}"',
  '"\\/x"',
  '"\u2028"',
  '"\ufeffx"',
  '"tab\\t"',
  '"\u007f"',
] as const;
const literals = ['true', 'false', 'null', '[]', '{}', '[1,[2,{"a":3}]]', '{"confidence":0.5}'] as const;
const dates = [
  '"2019-04-18T16:40:59.217995"',
  '"2019-04-09T04:21:19.914807"',
  '"2018-10-18T22:18:13.527Z"',
  '"2000-02-29T23:59:60.000001"',
  '"2021-13-01T00:00:00.000000"',
  '"2020-12-31 23:59:59"',
  '"1969-12-31T23:59:59.999999"',
  '"2021-08-23T22:41:12.546000+02:00"',
  '"2021-08-23T22:41:1x.546000"',
  '"2021-08-23T22:41:12.1+0200"',
  '"2021-08-23T22:41:13.100000"',
  '"soon"',
  '""',
] as const;
const sources = [
  '"s3://bucket/cats/0.jpg"',
  '"s3://bucket/cats/100.jpg"',
  '"s3://bucket/a b/ü#%?.png"',
  '"s3:\\/\\/bucket\\/x.jpg"',
  '"0.jpg"',
  '"s3://bucket/"',
  '""',
  '"s3://bucket//double//slash.jpg"',
  '"s3://bucket/\\ud800.jpg"',
  '"/"',
] as const;

function anyValue(random: Random): string {
  return random() < 0.4 ? pick(random, numbers) : random() < 0.6 ? pick(random, texts) : pick(random, literals);
}

function mostly(random: Random, usual: string): string {
  return random() < 0.97 ? usual : anyValue(random);
}

function classMetadata(random: Random): Members {
  return shuffledNowAndThen(random, [
    ['confidence', mostly(random, pick(random, numbers))],
    ['job-name', mostly(random, '"labeling-job/birds"')],
    ['class-name', mostly(random, pick(random, texts))],
    ['human-annotated', mostly(random, pick(random, ['"yes"', '"no"', '"yes"', '"true"', 'true', 'false']))],
    ['creation-date', mostly(random, pick(random, dates))],
    ['type', mostly(random, '"groundtruth/image-classification"')],
  ]);
}

function source(random: Random): readonly [string, string] {
  const key = pick(random, ['source-ref', 'source-ref', 'source-ref', 'source', 'sauce']);
  const long = random() < 0.01 ? JSON.stringify('long 🐕 text '.repeat(50)) : undefined;
  return [key, mostly(random, long ?? pick(random, sources))];
}

type Form = (random: Random, line: number) => Members;

const forms: readonly [Form, ...Form[]] = [
  (random) => [source(random)],
  (random) => [source(random), ['id', pick(random, numbers)], ['caption', pick(random, texts)], ['is-new', 'true']],
  (random) => [source(random), ['birds', pick(random, numbers)], ['birds-metadata', object(classMetadata(random))]],
  (random) => [
    source(random),
    ['birds', '1'],
    ['birds-metadata', object(classMetadata(random))],
    ['7', mostly(random, '0')],
    ['7-metadata', object(classMetadata(random))],
  ],
  (random) => [
    source(random),
    [
      'birds-metadata',
      object([
        ['retry-count', '1'],
        ['failure-reason', mostly(random, '"ClientError: expired"')],
        ['human-annotated', '"true"'],
      ]),
    ],
  ],
  (random) => [
    source(random),
    ['tags', mostly(random, pick(random, ['[]', '[1]', '[1,0,8]', '["1"]']))],
    [
      'tags-metadata',
      object([
        ['class-map', mostly(random, '{"1":"bicycle","0":"person"}')],
        ['confidence-map', mostly(random, '{"1":0.95,"0":0.77}')],
        ['human-annotated', '"yes"'],
        ['creation-date', pick(random, dates)],
        ['type', '"groundtruth/image-classification-multilabel"'],
      ]),
    ],
  ],
  (random) => [
    source(random),
    [
      'boxes',
      mostly(
        random,
        `{"image_size":[{"width":1}],"annotations":[{"class_id":16,"top":1},{"class_id":${pick(random, numbers)}}]}`,
      ),
    ],
    [
      'boxes-metadata',
      object([
        ['objects', mostly(random, `[{"confidence":${pick(random, numbers)}},{"confidence":0}]`)],
        ['class-map', mostly(random, '{"16":"Provider","0":"x"}')],
        ['type', '"groundtruth/object-detection"'],
        ['human-annotated', pick(random, ['"yes"', '"no"'])],
      ]),
    ],
  ],
  (random) => [
    ['source', pick(random, texts)],
    [
      'ner',
      '{"annotations":{"labels":[{"label":"Date"}],"entities":[{"label":"Date","startOffset":1},{"label":"X"}]}}',
    ],
    [
      'ner-metadata',
      object([
        ['entities', mostly(random, '[{"confidence":0.4}]')],
        ['type', '"groundtruth/text-span"'],
      ]),
    ],
  ],
  (random) => [
    source(random),
    ['mask-ref', '"s3://b/mask.png"'],
    [
      'mask-ref-metadata',
      mostly(
        random,
        '{"internal-color-map":{"0":{"class-name":"BACKGROUND","confidence":0.9},"1":{"class-name":"road","confidence":0.8}}}',
      ),
    ],
  ],
  (random) => [
    source(random),
    ['custom', anyValue(random)],
    [
      'custom-metadata',
      object([
        ['type', '"groundTruth/custom"'],
        ['job_name', '"x"'],
        ['creation_date', pick(random, dates)],
        ['confidence', pick(random, numbers)],
      ]),
    ],
  ],
  // Look-alikes, duplicate keys and the odd names.
  (random) => [
    source(random),
    ['birds', '1'],
    ['birds', '2'],
    ['birds-metadata', object([...classMetadata(random), ['class-name', '"twice"']])],
  ],
  (random) => [
    source(random),
    source(random),
    ['note', '"\\"class-name\\":\\"no\\""'],
    ['x', object([['y-metadata', object(classMetadata(random))]])],
  ],
  (random) => [
    ['__proto__', anyValue(random)],
    source(random),
    ['-metadata', object(classMetadata(random))],
    ['constructor-metadata', object(classMetadata(random))],
  ],
  (random) => [['b\\u0069rds-metadata', object(classMetadata(random))], source(random)],
];

const oddLines = [
  '',
  ' ',
  '\t',
  'null',
  '1',
  '"text"',
  '[]',
  '{}',
  '{"a"',
  '}',
  ']',
  '....',
  '{"source-ref":"s3://b/1.jpg"} x',
  '{"source-ref":01}',
  "{'source-ref':'x'}",
] as const;

function object(members: Members): string {
  return `{${members.map(([key, json]) => `"${key}":${json}`).join(',')}}`;
}

function compact(members: Members): string {
  return object(members);
}

/** As Python's json.dumps writes it. */
function spaced(members: Members): string {
  return `{${members.map(([key, json]) => `"${key}": ${json}`).join(', ')}} `;
}

function shuffledNowAndThen(random: Random, members: Members): Members {
  return random() < 0.95 ? members : members.toSorted(() => random() - 0.5);
}

function mutate(random: Random, bytes: Uint8Array): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  switch (Math.floor(random() * 5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return concatenate([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    case 2:
      // Any byte but a line break: invalid UTF-8 and control characters too.
      return concatenate([bytes.subarray(0, at), Uint8Array.of(11 + Math.floor(random() * 245)), bytes.subarray(at)]);
    case 3:
      return concatenate([bytes.subarray(0, at), bytes.subarray(Math.floor(random() * bytes.length))]);
    default: {
      const byte = encoder.encode(pick(random, ['"', '\\', '{', '}', ',', ':', '0', ' ', '-', '.', 'e', '\u0001']));
      return concatenate([bytes.subarray(0, at), byte, bytes.subarray(at + 1)]);
    }
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
