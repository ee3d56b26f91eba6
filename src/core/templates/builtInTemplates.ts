import { parseObjectAddress, type S3Uri } from '../s3Uri.js';
import { escapeHtml } from './escape.js';

// The worker task templates that a job gets when its owner writes none. They use what Ground Truth documents and nothing
// else, so that the same file works on AWS. The elements' names are fixed: consolidation looks answers up by them.

export interface TaskTemplateOptions {
  /** The brief task description above the picture or text. */
  readonly header: string;
  /** Plain text with the inline tags of `allowedTags`; an empty line starts a paragraph. */
  readonly shortInstructions: string;
  /** Like the short ones; without it the dialog repeats them. */
  readonly fullInstructions?: string;
  readonly goodExample?: ExamplePicture;
  readonly badExample?: ExamplePicture;
}

export interface ExamplePicture {
  /** An object, which may stay private, or the address of a picture. */
  readonly source: S3Uri | string;
  readonly description: string;
}

export function imageClassificationTemplate(options: TaskTemplateOptions): string {
  return page(`  <crowd-image-classifier
    name="crowd-image-classifier"
    src="{{ task.input.taskObject | grant_read_access }}"
    header="${literal(options.header)}"
    categories="{{ task.input.labels | to_json | escape }}"
  >
${instructions(options, 'Image classification instructions')}
  </crowd-image-classifier>`);
}

export function textClassificationTemplate(options: TaskTemplateOptions): string {
  return page(`  <crowd-classifier
    name="crowd-classifier"
    header="${literal(options.header)}"
    categories="{{ task.input.labels | to_json | escape }}"
  >
    <classification-target style="white-space: pre-wrap">{{ task.input.taskObject }}</classification-target>
${instructions(options, 'Text classification instructions')}
  </crowd-classifier>`);
}

/** Tags that instructions may hold; none with attributes, so none can run anything. */
const allowedTags = /&lt;(\/?)(b|strong|i|em|u|h[1-4]|p|br|ul|ol|li|code|hr)\s*\/?&gt;/giu;
const allowedLink = /&lt;a href=&quot;(https:\/\/[^\s<>]*?)&quot;&gt;(.*?)&lt;\/a&gt;/giu;
const startsWithBlock = /^\s*<(?:h[1-4]|p|ul|ol|li|hr)>/iu;

/** Instructions as HTML: what a person typed, escaped but for a few harmless tags. */
export function instructionHtml(text: string): string {
  return literal(text)
    .replace(allowedTags, '<$1$2>')
    .replace(allowedLink, '<a href="$1" target="_blank" rel="noopener">$2</a>')
    .split(/\n[^\S\n]*\n\s*/u)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map((block) => (startsWithBlock.test(block) ? block : `<p>${block.replace(/\r?\n/gu, '<br />')}</p>`))
    .join('\n');
}

function page(widget: string): string {
  return `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>

<crowd-form>
${widget}
</crowd-form>
`;
}

function instructions(options: TaskTemplateOptions, title: string): string {
  const { shortInstructions, fullInstructions = shortInstructions, goodExample, badExample } = options;
  const examples = [
    ...(goodExample ? [example('Good example', goodExample)] : []),
    ...(badExample ? [example('Bad example', badExample)] : []),
  ];
  const region = (tag: string, text: string) => [
    `    <${tag}>`,
    ...[instructionHtml(text), ...examples].filter((part) => part !== ''),
    `    </${tag.split(' ')[0]}>`,
  ];
  return [
    ...region(`full-instructions header="${title}"`, fullInstructions),
    ...region('short-instructions', shortInstructions),
  ].join('\n');
}

function example(title: string, { source, description }: ExamplePicture): string {
  const alternative = literal(description || title);
  return `<h3>${title}</h3>
${instructionHtml(description)}
<p><img src="${pictureAddress(source)}" alt="${alternative}" style="max-width: 100%" /></p>`;
}

function pictureAddress(source: S3Uri | string): string {
  if (typeof source !== 'string') {
    return `{{ '${liquidAddress(source)}' | grant_read_access }}`;
  }
  const uri = parseObjectAddress(source.trim());
  return uri ? pictureAddress(uri) : literal(source.trim());
}

/** The object's address inside a Liquid string, which has no escapes that every Liquid knows. */
function liquidAddress({ bucket, key }: S3Uri): string {
  if (/^[^'"{}%\\&<>\n\r]*$/u.test(key)) {
    return `s3://${bucket}/${key}`;
  }
  const encoded = key
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll("'", '%27'))
    .join('/');
  return `https://s3.amazonaws.com/${bucket}/${encoded}`;
}

/** Text that neither HTML nor Liquid reads as anything else. */
function literal(text: string): string {
  return escapeHtml(text).replaceAll('{', '&#123;');
}
