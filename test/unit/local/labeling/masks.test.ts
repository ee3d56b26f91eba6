import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '../../../../src/core/json.js';
import { readPng } from '../../../../src/node/readPng.js';
import { bucket, EngineLab } from '../../../support/engineLab.js';
import { paintedMask } from '../../../support/paintedMask.js';
import { pngFile } from '../../../support/pngFile.js';
import { answerInTurn, createOneObjectJob } from './oneObjectJob.js';

const picture = '{"source-ref":"s3://pictures/0.png"}';
const categories = [{ label: 'person' }, { label: 'bicycle' }, { label: 'hat' }];
const names = ['person', 'bicycle', 'hat'];

describe('jobs that give masks', () => {
  let lab: EngineLab;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
  });

  /** A picture that nothing was painted on. */
  const putPicture = (width: number, height: number): void => {
    const gray = Array.from({ length: width * height }, () => 0);
    lab.objects.put(bucket, '0.png', pngFile({ width, height, bitDepth: 8, colorType: 0 }, gray));
  };

  it('have them in files of their own', async () => {
    putPicture(4, 2);
    await createOneObjectJob(lab, {
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories,
      workers: 3,
    });
    await answerInTurn(
      lab,
      ['..bb', '..bb', '.bbb'].map((row) => paintedMask([row, '....'])),
      { taskObject: 's3://pictures/0.png', labels: names },
    );
    const key = lab.objects.keys(bucket).find((name) => name.endsWith('.png') && name.startsWith('out/'));
    assert.match(
      key ?? '',
      /^out\/Job\/annotations\/consolidated-annotation\/output\/0_\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\.png$/u,
    );
    assert.deepEqual(lab.manifest(), [
      `{"source-ref":"s3://pictures/0.png","parts-ref":"s3://${bucket}/${key}","parts-ref-metadata":{` +
        '"internal-color-map":{"0":{"class-name":"BACKGROUND","hex-color":"#ffffff","confidence":0.89},' +
        '"2":{"class-name":"bicycle","hex-color":"#1f77b4","confidence":0.89}},' +
        '"type":"groundtruth/semantic-segmentation","human-annotated":"yes","creation-date":"DATE",' +
        '"job-name":"labeling-job/job"}}',
    ]);
    const image = readPng(Buffer.from(lab.objects.bytes(bucket, key ?? '')).toString('base64'));
    const { width, height } = image;
    const rgba = image.rgba();
    const colors = Array.from({ length: width * height }, (_, pixel) =>
      Buffer.from(rgba.subarray(pixel * 4, pixel * 4 + 3)).toString('hex'),
    );
    assert.deepEqual([width, height], [4, 2]);
    assert.equal(colors.join(), 'ffffff,ffffff,1f77b4,1f77b4,ffffff,ffffff,ffffff,ffffff');
  });

  it('say whether they were corrected', async () => {
    putPicture(4, 1);
    const line = '{"source-ref":"s3://pictures/0.png","parts-ref":"s3://pictures/old.png"}';
    await createOneObjectJob(lab, {
      taskType: 'AdjustmentSemanticSegmentation',
      attribute: 'better-ref',
      line,
      categories,
      workers: 1,
    });
    const answer = paintedMask(['.bb.'])['crowd-semantic-segmentation'] as JsonObject;
    await answerInTurn(lab, [{ 'crowd-semantic-segmentation': { ...answer, initialValueModified: true } }], {
      taskObject: 's3://pictures/0.png',
      labels: names,
      manifestLine: JSON.parse(line) as JsonValue,
    });
    const key = lab.objects.keys(bucket).find((name) => name.endsWith('.png') && name.startsWith('out/'));
    assert.deepEqual(lab.manifest(), [
      `${line.slice(0, -1)},"better-ref":"s3://${bucket}/${key}","better-ref-metadata":{` +
        '"internal-color-map":{"0":{"class-name":"BACKGROUND","hex-color":"#ffffff","confidence":0},' +
        '"2":{"class-name":"bicycle","hex-color":"#1f77b4","confidence":0}},' +
        '"type":"groundtruth/semantic-segmentation","human-annotated":"yes","creation-date":"DATE",' +
        '"job-name":"labeling-job/job","adjustment-status":"adjusted"}}',
    ]);
  });

  it('write a mask that a crash kept them from writing', async () => {
    putPicture(2, 1);
    await createOneObjectJob(lab, {
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories,
      workers: 1,
    });
    lab.objects.writeError = new Error('the process is about to die');
    await answerInTurn(lab, [paintedMask(['bb'])], { taskObject: 's3://pictures/0.png', labels: names });
    assert.deepEqual(lab.manifest(), [picture]);
    lab.objects.writeError = undefined;
    await lab.restart();
    const { 'parts-ref': uri } = JSON.parse(lab.manifest()[0] ?? '') as { readonly 'parts-ref': string };
    assert.ok(lab.objects.keys(bucket).some((key) => uri === `s3://${bucket}/${key}`));
  });

  it('take no second mask of another size', async () => {
    putPicture(2, 1);
    await createOneObjectJob(lab, {
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories,
      workers: 2,
    });
    const [first, second] = ['a', 'b'].map((name) => lab.addWorker(name));
    assert.ok(first && second);
    const [[one], [other]] = [lab.take(first), lab.take(second)];
    assert.ok(one && other);
    await lab.send(first, one, paintedMask(['bb']));
    putPicture(3, 1);
    await assert.rejects(lab.send(second, other, paintedMask(['bbb'])), {
      message: "The mask has 3 × 1 pixels, but another worker's mask of the same picture has 2 × 1.",
    });
  });

  it('look at no pixel of a mask that is not as large as the picture', async () => {
    putPicture(2, 1);
    await createOneObjectJob(lab, {
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories,
      workers: 1,
    });
    const worker = lab.addWorker('a');
    const [task] = lab.take(worker);
    assert.ok(task);
    lab.masks.check = async () => assert.fail('The pixels were looked at.');
    await assert.rejects(lab.send(worker, task, paintedMask(['bbb'])), {
      message: 'The answer is for a picture of 3 × 1 pixels, but this one has 2 × 1.',
    });
  });

  it('take masks of a picture that has gone meanwhile', async () => {
    putPicture(2, 1);
    await createOneObjectJob(lab, {
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories,
      workers: 1,
    });
    const worker = lab.addWorker('a');
    const [task] = lab.take(worker);
    assert.ok(task);
    lab.objects.delete(bucket, '0.png');
    await lab.send(worker, task, paintedMask(['bb']));
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Completed 1+0+0');
  });

  it('end without the label of an object whose masks cannot be merged, and with the others', async () => {
    putPicture(2, 1);
    await createOneObjectJob(lab, {
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories,
      workers: 1,
    });
    const worker = lab.addWorker('a');
    const [task] = lab.take(worker);
    assert.ok(task);
    lab.masks.merge = async () => Promise.reject(new RangeError('Array buffer allocation failed'));
    await lab.send(worker, task, paintedMask(['bb']));
    await lab.engine.idle();
    assert.match(await lab.counts(), /^InProgress/u, 'it may pass');
    for (let seconds = 0; seconds < 70; seconds += 5) {
      lab.clock.advance(5_000);
      await lab.engine.idle();
    }
    assert.equal(await lab.counts(), 'Completed 0+1+0');
    assert.match(lab.manifest()[0] ?? '', /ClientError: The masks of its workers could not be merged: Array buffer/u);
  });

  it('fail with more labels than a mask can tell apart', async () => {
    const many = Array.from({ length: 256 }, (_, index) => ({ label: `label ${index}` }));
    await createOneObjectJob(lab, {
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories: many,
      workers: 1,
    });
    const { LabelingJobStatus: status, FailureReason: reason } = await lab.describe();
    assert.deepEqual(
      [status, reason],
      ['Failed', 'ClientError: The label category configuration file must have at most 255 labels.'],
    );
  });
});
