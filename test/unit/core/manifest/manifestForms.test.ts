import assert from 'node:assert/strict';
import { kindOf, labelsOf } from './scannedLines.js';
import { never, problemsOf, scanned } from './scanning.js';

// Every form of a line in AWS's documentation and in real outputs: what the editor makes of each.
describe('the forms of manifest lines', () => {
  const at = '2018-10-18T22:18:13.527256';
  const atMs = Date.UTC(2018, 9, 18, 22, 18, 13) + 527.256;
  const common = `"human-annotated":"yes","creation-date":"${at}","job-name":"labeling-job/j"`;
  const forms = [
    {
      name: 'an image classification',
      line: `{"source-ref":"s3://b/a.jpg","j":9,"j-metadata":{"confidence":0.95,"class-name":"Canary","type":"groundtruth/image-classification",${common}}}`,
      classes: [['Canary', 0.95]],
      confidence: 0.95,
    },
    {
      name: 'a text classification with one worker',
      line: `{"source":"Lorem","j":0,"j-metadata":{"confidence":0,"class-name":"good","type":"groundtruth/text-classification",${common}}}`,
      classes: [['good', 0]],
      confidence: 0,
    },
    {
      name: 'several labels',
      line: `{"source-ref":"s3://b/a.jpg","j":[1,0,8],"j-metadata":{"class-map":{"1":"bicycle","0":"person","8":"clothing"},"confidence-map":{"1":0.95,"0":0.77,"8":0.2},"type":"groundtruth/image-classification-multilabel",${common}}}`,
      classes: [
        ['bicycle', 0.95],
        ['person', 0.77],
        ['clothing', 0.2],
      ],
      confidence: 0.2,
    },
    {
      name: 'no label chosen of several',
      line: `{"source-ref":"s3://b/a.jpg","j":[],"j-metadata":{"class-map":{},"confidence-map":{},"type":"groundtruth/image-classification-multilabel",${common}}}`,
      classes: [],
      confidence: Number.NaN,
    },
    {
      name: 'bounding boxes',
      line: `{"source-ref":"s3://b/a.jpg","j":{"image_size":[{"width":2550,"height":4200,"depth":3}],"annotations":[{"class_id":16,"top":55,"left":236,"height":81,"width":542},{"class_id":16,"top":1,"left":1,"height":1,"width":1}]},"j-metadata":{"objects":[{"confidence":0.9},{"confidence":0.4}],"class-map":{"16":"Provider Name"},"type":"groundtruth/object-detection","adjustment-status":"adjusted",${common}}}`,
      classes: [
        ['Provider Name', 0.9],
        ['Provider Name', 0.4],
      ],
      confidence: 0.4,
    },
    {
      name: 'a mask',
      line: `{"source-ref":"s3://b/a.png","j":"s3://b/mask.png","j-metadata":{"internal-color-map":{"0":{"class-name":"BACKGROUND","hex-color":"#ffffff","confidence":0.9},"1":{"class-name":"buildings","hex-color":"#2acf59","confidence":0.8054600000000001}},"type":"groundtruth/semantic-segmentation",${common}}}`,
      classes: [['buildings', 0.8054600000000001]],
      confidence: 0.8054600000000001,
    },
    {
      name: 'named entities',
      line: `{"source":"On Monday","j":{"annotations":{"labels":[{"label":"Date","shortDisplayName":"dt"}],"entities":[{"label":"Date","startOffset":3,"endOffset":9}]}},"j-metadata":{"entities":[{"confidence":0}],"type":"groundtruth/text-span",${common}}}`,
      classes: [['Date', 0]],
      confidence: 0,
    },
    {
      name: 'a verification',
      line: `{"source-ref":"s3://b/a.png","j":"1","j-metadata":{"class-name":"bad","confidence":0.93,"type":"groundtruth/label-verification","worker-feedback":[{"comment":"Box too wide."}],${common}}}`,
      classes: [['bad', 0.93]],
      confidence: 0.93,
    },
    {
      name: 'a video, whose labels are elsewhere',
      line: `{"source-ref":"s3://b/seq.json","j-ref":"s3://b/SeqLabel.json","j-ref-metadata":{"class-map":{"0":"car","1":"bus"},"type":"groundtruth/video-object-detection",${common}}}`,
      attribute: 'j-ref',
      classes: [
        ['car', Number.NaN],
        ['bus', Number.NaN],
      ],
      confidence: Number.NaN,
    },
    {
      name: 'a point cloud, with class_map as it is once printed',
      line: `{"source-ref":"s3://b/f.json","j":{"annotations":[{"class-id":"1","center-x":1.5}]},"j-metadata":{"objects":[{"confidence":0.5}],"class_map":{"1":"Car"},"type":"groundtruth/point_cloud_object_detection",${common}}}`,
      classes: [['Car', 0.5]],
      confidence: 0.5,
    },
    {
      name: 'a custom job as documented, with underscores',
      line: `{"source-ref":"s3://b/a.png","j":{"anything":[1]},"j-metadata":{"job_name":"labeling-job/j","type":"groundTruth/custom","human-annotated":"yes","creation_date":"${at}"}}`,
      classes: [],
      confidence: Number.NaN,
    },
    {
      name: 'a custom job as observed, with hyphens and a plain value',
      line: `{"source-ref":"s3://b/a.png","j":"blurred","j-metadata":{"type":"groundtruth/custom",${common}}}`,
      classes: [['blurred', Number.NaN]],
      confidence: Number.NaN,
    },
    {
      name: "Rekognition's boxes, with milliseconds and Z",
      line: `{"source-ref":"s3://b/a.png","j":{"image_size":[{"width":640,"height":480,"depth":3}],"annotations":[{"class_id":0,"top":1,"left":1,"width":1,"height":1}]},"j-metadata":{"objects":[{"confidence":1}],"class-map":{"0":"Echo Dot"},"type":"groundtruth/object-detection","human-annotated":"yes","creation-date":"2018-10-18T22:18:13.527Z","job-name":"my job"}}`,
      classes: [['Echo Dot', 1]],
      confidence: 1,
      createdAt: Date.UTC(2018, 9, 18, 22, 18, 13, 527),
    },
  ];

  for (const { name, line, attribute = 'j', classes, confidence, createdAt = atMs } of forms) {
    it(`reads ${name}`, async () => {
      const document = await scanned(line);
      const [label] = labelsOf(document, 0);
      assert.equal(label?.attribute, attribute);
      assert.equal(label.state, 'human');
      assert.equal(label.confidence, confidence);
      assert.equal(label.createdAt, createdAt);
      assert.deepEqual(
        label.classes.map((entry) => [entry.name, entry.confidence]),
        classes,
      );
      assert.deepEqual(problemsOf(document), []);
    });
  }

  it('reads a failed object, of which only metadata is left', async () => {
    const document = await scanned(
      '{"source-ref":"s3://b/x.jpg","lan-metadata":{"retry-count":1,"failure-reason":"ClientError: Annotation tasks expired.","human-annotated":"true"}}',
    );
    const [label] = labelsOf(document, 0);
    assert.equal(label?.state, 'failed');
    assert.deepEqual(label.classes, []);
  });

  it('reads the labels of several jobs in one line', async () => {
    const document = await scanned(
      `{"source-ref":"s3://b/a.jpg","first":0,"first-metadata":{"class-name":"cat","confidence":0.6,"human-annotated":"no"},"second":"1","second-metadata":{"class-name":"bad","confidence":0.9,"human-annotated":"yes"}}`,
    );
    assert.deepEqual(
      labelsOf(document, 0).map(({ attribute, state, classes }) => [attribute, state, classes[0]?.name]),
      [
        ['first', 'machine', 'cat'],
        ['second', 'human', 'bad'],
      ],
    );
  });

  it('puts together objects that are spread over lines, as in the pages of the lab', async () => {
    const document = await scanned(
      '{\n  "source-ref": "s3://b/0.jpg",\n  "j": 0,\n  "j-metadata": {\n    "class-name": "cat"\n  }\n},\n{\n  "source-ref": "s3://b/10.jpg"\n},\n....\n',
    );
    assert.equal(document.columns.sourceOf(0), 's3://b/0.jpg');
    assert.equal(labelsOf(document, 0)[0]?.classes[0]?.name, 'cat');
    assert.equal(document.columns.sourceOf(7), 's3://b/10.jpg');
    assert.deepEqual(problemsOf(document), [
      { line: 0, kind: 'severalLines' },
      { line: 7, kind: 'severalLines' },
      { line: 10, kind: 'notJson' },
    ]);
    assert.match(await document.readText(0, never), /^\{\n {2}"source-ref"[^]*\},$/u);
  });

  const oddities = [
    {
      name: 'a byte order mark',
      text: '\ufeff{"source":"a"}\n{"source":"b"}\n',
      kinds: ['text', 'text'],
      problems: [],
    },
    { name: 'CRLF', text: '{"source":"a"}\r\n{"source":"b"}\r\n', kinds: ['text', 'text'], problems: [] },
    {
      name: 'blank lines',
      text: '\n{"source":"a"}\n \t\r\n\n',
      kinds: ['blank', 'text', 'blank', 'blank'],
      problems: [],
    },
    { name: 'no line break at the end', text: '{"source":"a"}\n{"source":"b"}', kinds: ['text', 'text'], problems: [] },
    { name: 'nothing at all', text: '', kinds: [], problems: [] },
    {
      name: 'a comma after an object',
      text: '{"source":"a"},\n{"source":"b"}\n',
      kinds: ['text', 'text'],
      problems: [{ line: 0, kind: 'trailingComma' }],
    },
    {
      name: 'a line that was cut off',
      text: '{"source":"a"}\n{"source":"b", "x": {\n{"source":"c"}\n',
      kinds: ['text', 'broken', 'text'],
      problems: [{ line: 1, kind: 'notJson' }],
    },
    {
      name: 'JSON that is no object',
      text: '[1]\n"a"\nnull\n',
      kinds: ['broken', 'broken', 'broken'],
      problems: [0, 1, 2].map((line) => ({ line, kind: 'notAnObject' })),
    },
    {
      name: 'an object that says not what to label',
      text: '{"a":1}\n{"a":2}\n',
      kinds: ['noSource', 'noSource'],
      problems: [0, 1].map((line) => ({ line, kind: 'noSource' })),
    },
    {
      name: 'more characters than a line may have',
      text: `{"source":"${'x'.repeat(100_001)}"}\n{"source":"${'x'.repeat(100_001)}"}\n`,
      kinds: ['text', 'text'],
      problems: [0, 1].map((line) => ({ line, kind: 'longerThanAllowed' })),
    },
  ];

  for (const { name, text, kinds, problems } of oddities) {
    it(`reads ${name}`, async () => {
      const document = await scanned(text);
      assert.deepEqual(
        Array.from({ length: document.lines }, (_, line) => kindOf(document, line)),
        kinds,
      );
      assert.deepEqual(problemsOf(document), problems);
    });
  }

  it('takes bytes that are no UTF-8 as JSON.parse gets them', async () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode('{"source":"'),
      0xff,
      0xc3,
      ...new TextEncoder().encode('"}\n'),
    ]);
    const document = await scanned(bytes);
    assert.equal(document.columns.sourceOf(0), '\ufffd\ufffd');
  });

  it('leaves out a line that is too long to hold, and goes on behind it', async () => {
    const text = `{"source":"a"}\n{"source":"${'x'.repeat(5_000)}"}\n{"source":"b"}\n`;
    const document = await scanned(text, { chunkBytes: 64, mostLineBytes: 1_000 });
    assert.deepEqual(
      [0, 1, 2].map((line) => kindOf(document, line)),
      ['text', 'broken', 'text'],
    );
    assert.deepEqual(problemsOf(document), [{ line: 1, kind: 'tooLongToRead' }]);
    assert.equal(await document.readText(2, never), '{"source":"b"}');
  });
});
