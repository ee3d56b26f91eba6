import assert from 'node:assert/strict';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { exportLabelStudio } from '../../../../src/core/export/labelStudio.js';
import type { JsonObject } from '../../../../src/core/json.js';
import { type Exported, inputOf, never, written } from '../../../support/exported.js';
import {
  boxes,
  custom,
  keypoints,
  machine,
  mask,
  multi,
  picture,
  polygon,
  single,
  spans,
  text,
} from '../../../support/labeledLines.js';

const options = { path: 'tasks.json', configPath: 'config.xml' };

const regions: readonly {
  readonly name: string;
  readonly line: JsonObject;
  readonly type: string;
  readonly tag: string;
  readonly value: JsonObject;
}[] = [
  {
    name: 'one class',
    line: single(picture('a.jpg'), 'cat'),
    type: 'choices',
    tag: 'Choices',
    value: { choices: ['cat'] },
  },
  {
    name: 'several classes',
    line: multi(text('hello'), ['cat', 'dog']),
    type: 'choices',
    tag: 'Choices',
    value: { choices: ['cat', 'dog'] },
  },
  {
    name: 'a box',
    line: boxes(picture('a.jpg'), [{ name: 'cat', box: [50, 25, 100, 10] }]),
    type: 'rectanglelabels',
    tag: 'RectangleLabels',
    value: { x: 25, y: 25, width: 50, height: 10, rotation: 0, rectanglelabels: ['cat'] },
  },
  {
    name: 'a polygon',
    line: polygon(picture('a.jpg'), 'cat', [
      [0, 0],
      [100, 0],
      [100, 50],
    ]),
    type: 'polygonlabels',
    tag: 'PolygonLabels',
    value: {
      points: [
        [0, 0],
        [50, 0],
        [50, 50],
      ],
      polygonlabels: ['cat'],
    },
  },
  {
    name: 'a keypoint',
    line: keypoints(picture('a.jpg'), 'nose', 20, 30),
    tag: 'KeyPointLabels',
    type: 'keypointlabels',
    value: { x: 10, y: 30, width: 0.5, keypointlabels: ['nose'] },
  },
  {
    name: 'a named entity',
    line: spans(text('😀 In May'), [['Date', 5, 8]]),
    type: 'labels',
    tag: 'Labels',
    value: { start: 5, end: 8, text: 'May', labels: ['Date'] },
  },
];

describe('exportLabelStudio', () => {
  for (const { name, line, type, tag, value } of regions) {
    it(`has ${name} as a region of a control of its interface`, async () => {
      const exported = await written(exportLabelStudio(inputOf([line]), options, never));
      const [task, ...others] = tasksOf(exported);
      assert.equal(others.length, 0);
      const [region] = task?.annotations?.[0]?.result ?? [];
      assert.deepEqual([region?.type, region?.value], [type, value]);
      const control = controlOf(exported, region?.from_name ?? '');
      assert.equal(control.tag, tag);
      assert.equal(control.toName, region?.to_name);
      assert.deepEqual(Object.keys(task?.data ?? {}), [control.toName]);
      assert.deepEqual(Object.values(value).at(-1), control.values, 'the classes of the region can be chosen');
    });
  }

  it('has what a machine labeled as a prediction with the lowest confidence', async () => {
    const line = machine(multi(picture('a.jpg'), ['cat', 'dog']));
    const [task] = tasksOf(await written(exportLabelStudio(inputOf([line]), options, never)));
    assert.equal(task?.annotations, undefined);
    assert.deepEqual(
      task?.predictions?.map(({ model_version: model, score }) => [model, score]),
      [['labeling-job/lan', 0.5]],
    );
  });

  it('has a task for a picture without any mark, and a list without any task', async () => {
    const empty = tasksOf(await written(exportLabelStudio(inputOf([boxes(picture('a.jpg'), [])]), options, never)));
    assert.deepEqual(
      empty.map(({ annotations }) => annotations),
      [[{ result: [] }]],
    );
    assert.deepEqual(tasksOf(await written(exportLabelStudio(inputOf([]), options, never))), []);
  });

  it('says of every other object why it has no place', async () => {
    const lines = [
      single(picture('a.jpg'), 'cat'),
      mask(picture('a.jpg'), 's3://out/0.png'),
      custom(picture('a.jpg'), { any: 'thing' }),
      single(text('hello'), 'cat'),
      spans(picture('a.txt'), [['Date', 5, 8]]),
      { ...boxes(picture('h.jpg'), []), lan: { annotations: [] } },
      single(picture('b.jpg'), 'dog'),
    ];
    const exported = await written(exportLabelStudio(inputOf(lines), options, never));
    assert.deepEqual(
      exported.skipped.map(({ line, reason }) => [line, reason.kind]),
      [
        [1, 'otherForm'],
        [2, 'otherForm'],
        [3, 'sourceIsText'],
        [4, 'sourceIsFile'],
        [5, 'noImageSize'],
      ],
    );
    assert.deepEqual(
      tasksOf(exported).map(({ data }) => data),
      [{ image: 's3://pictures/a.jpg' }, { image: 's3://pictures/b.jpg' }],
    );
    assert.deepEqual(controlOf(exported, 'choice').values, ['cat', 'dog']);
  });
});

interface Task {
  readonly data: JsonObject;
  readonly annotations?: readonly { readonly result: readonly Region[] }[];
  readonly predictions?: readonly { readonly model_version: string; readonly score?: number }[];
}

interface Region {
  readonly from_name: string;
  readonly to_name: string;
  readonly type: string;
  readonly value: JsonObject;
}

function tasksOf({ files }: Exported): readonly Task[] {
  return JSON.parse(files['tasks.json'] ?? '') as Task[];
}

function controlOf({ files }: Exported, name: string) {
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
    files['config.xml'] ?? '',
    'text/xml',
  );
  const control = Array.from(document.getElementsByTagName('*')).find(
    (element) => element.getAttribute('name') === name,
  );
  return {
    tag: control?.tagName,
    toName: control?.getAttribute('toName'),
    values: Array.from(control?.getElementsByTagName('*') ?? [], (item) => item.getAttribute('value') ?? ''),
  };
}
