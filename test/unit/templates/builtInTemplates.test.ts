import assert from 'node:assert/strict';
import {
  imageClassificationTemplate,
  instructionHtml,
  textClassificationTemplate,
} from '../../../src/core/templates/builtInTemplates.js';
import { renderTemplate } from '../../../src/core/templates/renderTemplate.js';

const taskInput = { taskObject: 's3://pictures/0.jpg', labels: ['cat', 'dog'] };

describe('built-in templates', () => {
  it('show a picture, its classes and both examples', () => {
    const template = imageClassificationTemplate({
      header: `Please classify the images as 'cat' or 'dog'`,
      shortInstructions: 'Look at the <b>face</b>.',
      goodExample: { source: { bucket: 'pictures', key: 'good.jpg' }, description: 'A whole cat' },
      badExample: { source: 'https://s3.amazonaws.com/pictures/bad.jpg', description: 'Only a tail' },
    });
    const { html, assets, errors } = renderTemplate(template, taskInput);
    assert.deepEqual(errors, []);
    assert.deepEqual(assets.map(({ key }) => key).toSorted(), ['0.jpg', 'bad.jpg', 'good.jpg']);
    assert.match(html, /name="crowd-image-classifier"/u);
    assert.match(html, /header="Please classify the images as &#39;cat&#39; or &#39;dog&#39;"/u);
    assert.match(html, /categories="\[&quot;cat&quot;,&quot;dog&quot;\]"/u);
    assert.match(html, /<short-instructions>\s*<p>Look at the <b>face<\/b>\.<\/p>/u);
  });

  it('show a text as it is', () => {
    const template = textClassificationTemplate({ header: 'Classify', shortInstructions: '' });
    const { html } = renderTemplate(template, { taskObject: 'a\n <b>', labels: [] });
    assert.match(html, /<classification-target style="white-space: pre-wrap">a\n &lt;b&gt;<\/classification-target>/u);
  });

  const hostile = [`"><script>alert(1)</script>`, `{{ task.input | to_json }}`, `{% include 'x' %}`, `' onload='`];
  for (const text of hostile) {
    it(`keep ${text} as text wherever it stands`, () => {
      const picture = { source: 'https://example.com/a.jpg', description: text };
      const options = { header: text, shortInstructions: text, goodExample: picture };
      const { html, errors } = renderTemplate(imageClassificationTemplate(options), taskInput);
      assert.deepEqual(errors, []);
      assert.doesNotMatch(html, /<script>|pictures\/0|onload='/u);
      assert.ok(html.includes('class'));
    });
  }

  const keys = [
    `it's.jpg`,
    `{{x}}.jpg`,
    `a "b" 'c'.jpg`,
    `100%.jpg`,
    `a&b.jpg`,
    `a<b.jpg`,
    'ünï code/🐕.jpg',
    'back\\slash',
  ];
  for (const key of keys) {
    it(`read the example ${key}`, () => {
      const goodExample = { source: { bucket: 'pictures', key }, description: '' };
      const template = imageClassificationTemplate({ header: '', shortInstructions: '', goodExample });
      const { assets, errors } = renderTemplate(template, taskInput);
      assert.deepEqual(errors, []);
      assert.deepEqual(
        assets.filter((asset) => asset.key !== '0.jpg'),
        [{ bucket: 'pictures', key }],
      );
    });
  }
});

describe('instructionHtml', () => {
  const cases = [
    { name: 'paragraphs', text: 'one\ntwo\n\nthree', html: '<p>one<br />two</p>\n<p>three</p>' },
    { name: 'the allowed tags', text: '<h1>Look</h1>\n\n<i>close</i>', html: '<h1>Look</h1>\n<p><i>close</i></p>' },
    { name: 'no attributes', text: '<b onclick="x">a</b>', html: '<p>&lt;b onclick=&quot;x&quot;&gt;a</b></p>' },
    {
      name: 'links to the web',
      text: '<a href="https://example.com/?a=1&b=2">more</a>',
      html: '<p><a href="https://example.com/?a=1&amp;b=2" target="_blank" rel="noopener">more</a></p>',
    },
    {
      name: 'no link that runs',
      text: '<a href="javascript:x">more</a>',
      html: '<p>&lt;a href=&quot;javascript:x&quot;&gt;more&lt;/a&gt;</p>',
    },
    { name: 'nothing of nothing', text: ' \n ', html: '' },
  ];
  for (const { name, text, html } of cases) {
    it(`makes ${name}`, () => assert.equal(instructionHtml(text), html));
  }
});
