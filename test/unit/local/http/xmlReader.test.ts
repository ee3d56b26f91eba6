import assert from 'node:assert/strict';
import { xmlDocument } from '../../../../src/local/http/xml.js';
import { readXml, type XmlElement } from '../../../../src/local/http/xmlReader.js';

/** An element as plain data. */
function plain({ name, attributes, children, text }: XmlElement): unknown {
  return [name, Object.fromEntries(attributes), children.length > 0 ? children.map(plain) : text];
}

describe('XML of requests', () => {
  const cases = [
    { name: 'text', xml: '<a>b</a>', expected: ['a', {}, 'b'] },
    { name: 'an empty element', xml: '<a/>', expected: ['a', {}, ''] },
    {
      name: 'a declaration and comments',
      xml: '<?xml version="1.0"?>\n<!-- x --><a><!-- y -->b</a>\n',
      expected: ['a', {}, 'b'],
    },
    { name: 'a mark of the byte order', xml: '\uFEFF<a>b</a>', expected: ['a', {}, 'b'] },
    {
      name: 'children',
      xml: '<a><b>1</b><b>2</b></a>',
      expected: [
        'a',
        {},
        [
          ['b', {}, '1'],
          ['b', {}, '2'],
        ],
      ],
    },
    { name: 'namespaces', xml: '<s:a xmlns:s="u" s:t="v"/>', expected: ['a', { 'xmlns:s': 'u', 's:t': 'v' }, ''] },
    { name: 'references', xml: '<a>&lt;&amp;&#13;&#x1F415;&quot;&apos;&gt;</a>', expected: ['a', {}, '<&\r🐕"\'>'] },
    { name: 'sections of characters', xml: '<a><![CDATA[<&>]]>b</a>', expected: ['a', {}, '<&>b'] },
    { name: 'single quotes', xml: '<a b=\'"c"\'/>', expected: ['a', { b: '"c"' }, ''] },
    { name: 'line ends within a tag', xml: '<a\n  b="c"\n>d</a >', expected: ['a', { b: 'c' }, 'd'] },
  ];

  for (const { name, xml, expected } of cases) {
    it(`is read with ${name}`, () => {
      const root = readXml(xml);
      assert.ok(root);
      assert.deepEqual(plain(root), expected);
    });
  }

  const bad = [
    { name: 'nothing', xml: '' },
    { name: 'an element that is not closed', xml: '<a><b></a>' },
    { name: 'two roots', xml: '<a/><b/>' },
    { name: 'a document type', xml: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' },
    { name: 'an unknown reference', xml: '<a>&b;</a>' },
    { name: 'a reference by the name of what every object has', xml: '<a>&constructor;</a>' },
    { name: 'a reference beyond all characters', xml: '<a>&#x110000;</a>' },
    { name: 'a bare ampersand', xml: '<a>b & c</a>' },
    { name: 'text outside', xml: 'a<b/>' },
    { name: 'elements within elements without end', xml: '<a>'.repeat(100) + '</a>'.repeat(100) },
  ];

  for (const { name, xml } of bad) {
    it(`is not read with ${name}`, () => {
      assert.equal(readXml(xml), undefined);
    });
  }

  it('reads what was written', () => {
    const text = 'a <b> & "c" \r\n\t \u0001 🐕';
    assert.equal(readXml(xmlDocument('Key', text))?.text, text);
    const xml = xmlDocument('List', { '@xmlns': 'u', Item: ['1', '2'], Nothing: undefined, Flag: true, Count: 0 });
    assert.ok(xml.endsWith('<List xmlns="u"><Item>1</Item><Item>2</Item><Flag>true</Flag><Count>0</Count></List>'));
  });
});
