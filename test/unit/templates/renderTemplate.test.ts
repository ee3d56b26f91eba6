import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/core/json.js';
import { maxTemplateCharacters, renderTemplate } from '../../../src/core/templates/renderTemplate.js';

const input = {
  taskObject: 's3://bucket/cats & dogs/0.jpg',
  'source-ref': 's3://bucket/1.jpg',
  labels: ['cat', `dog's "best"`],
  text: `Tom & "Jerry's" <b>`,
  escaped: 'a &amp; b',
  empty: '',
} satisfies JsonObject;

const htmlCases = [
  {
    name: 'plain output escaped',
    template: '{{ task.input.text }}',
    html: 'Tom &amp; &quot;Jerry&#39;s&quot; &lt;b&gt;',
  },
  {
    name: 'an explicit escape escaped once',
    template: '{{ task.input.text | escape }}',
    html: 'Tom &amp; &quot;Jerry&#39;s&quot; &lt;b&gt;',
  },
  { name: 'entities kept by escape_once', template: '{{ task.input.escaped | escape_once }}', html: 'a &amp; b' },
  { name: 'entities escaped again without it', template: '{{ task.input.escaped }}', html: 'a &amp;amp; b' },
  {
    name: 'nothing escaped with skip_autoescape',
    template: '{{ task.input.text | skip_autoescape }}',
    html: `Tom & "Jerry's" <b>`,
  },
  {
    name: 'JSON escaped, for attributes',
    template: '{{ task.input.labels | to_json }}',
    html: '[&quot;cat&quot;,&quot;dog&#39;s \\&quot;best\\&quot;&quot;]',
  },
  {
    name: 'JSON with an explicit escape the same',
    template: '{{ task.input.labels | to_json | escape }}',
    html: '[&quot;cat&quot;,&quot;dog&#39;s \\&quot;best\\&quot;&quot;]',
  },
  {
    name: 'JSON for a script',
    template: '{{ task.input.labels | to_json | skip_autoescape }}',
    html: `["cat","dog's \\"best\\""]`,
  },
  {
    name: 'lists as JSON, not joined',
    template: '{{ task.input.labels | skip_autoescape }}',
    html: `["cat","dog's \\"best\\""]`,
  },
  {
    name: 'nothing for what is not there',
    template: '[{{ task.input.nothing.at.all }}{{ nothing | to_json }}]',
    html: '[null]',
  },
  { name: 'hyphenated names', template: '{{ task.input.source-ref }}', html: 's3://bucket/1.jpg' },
  {
    name: 'loops, conditions and counters',
    template: '{% for l in task.input.labels %}{% if forloop.first %}{{ forloop.index }}{{ l }}{% endif %}{% endfor %}',
    html: '1cat',
  },
  { name: 'a Mechanical Turk variable as it stands', template: '${image_url}', html: '${image_url}' },
];

const assetCases = [
  {
    name: 'an object',
    template: '{{ task.input.taskObject | grant_read_access }}',
    html: 'gt-asset://0/',
    assets: [{ bucket: 'bucket', key: 'cats & dogs/0.jpg' }],
  },
  {
    name: 'a web address',
    template: `{{ 'https://s3.amazonaws.com/b/good%20cat.jpg' | grant_read_access }}`,
    html: 'gt-asset://0/',
    assets: [{ bucket: 'b', key: 'good cat.jpg' }],
  },
  {
    name: 'a captured address, which was escaped on the way',
    template: '{% capture a %}{{ task.input.taskObject }}{% endcapture %}{{ a | grant_read_access }}',
    html: 'gt-asset://0/',
    assets: [{ bucket: 'bucket', key: 'cats & dogs/0.jpg' }],
  },
  {
    name: 'the same object once',
    template:
      '{{ task.input.taskObject | grant_read_access }} {{ task.input.source-ref | grant_read_access }} {{ task.input.taskObject | grant_read_access }}',
    html: 'gt-asset://0/ gt-asset://1/ gt-asset://0/',
    assets: [
      { bucket: 'bucket', key: 'cats & dogs/0.jpg' },
      { bucket: 'bucket', key: '1.jpg' },
    ],
  },
];

const errorCases = [
  {
    name: 'an address that is none',
    template: `\n{{ 'cat.jpg' | grant_read_access }}`,
    message: /^"grant_read_access" input is not a valid S3 URI: "cat\.jpg"$/u,
  },
  { name: 'an unknown filter', template: '{{ 1 | shout }}', message: /undefined filter: shout/u },
  { name: 'a tag that is not closed', template: '{% if true %}', message: /not closed/u },
  { name: 'a file', template: `{% include 'secret' %}`, message: /"include" is not available/u },
  { name: 'a loop without end', template: '{% for i in (1..100000000) %}{% endfor %}', message: /limit exceeded/u },
  { name: 'a template that is too long', template: 'x'.repeat(maxTemplateCharacters + 1), message: /more than/u },
];

describe('renderTemplate', () => {
  for (const { name, template, html } of htmlCases) {
    it(`prints ${name}`, () => {
      assert.deepEqual(renderTemplate(template, input), { html, assets: [], errors: [] });
    });
  }

  for (const { name, template, html, assets } of assetCases) {
    it(`grants access to ${name}`, () => {
      assert.deepEqual(renderTemplate(template, input), { html, assets, errors: [] });
    });
  }

  for (const { name, template, message } of errorCases) {
    it(`says what is wrong with ${name}`, () => {
      const { html, errors } = renderTemplate(template, input);
      assert.equal(html, '');
      assert.equal(errors.length, 1);
      assert.match(errors[0]?.message ?? '', message);
    });
  }

  it('names the line of an error', () => {
    assert.equal(renderTemplate(`a\nb\n{{ 'x' | grant_read_access }}`, input).errors[0]?.line, 3);
  });
});
