import { Liquid } from 'liquidjs';
import type { JsonObject } from '../json.js';
import { parseObjectAddress, type S3Uri } from '../s3Uri.js';
import { assetPlaceholder } from './assetPlaceholder.js';
import { escapeHtml, escapeHtmlOnce, unescapeHtml } from './escape.js';

export interface RenderedTemplate {
  /** The page; where an object's address belongs it has `assetPlaceholder(index)`. Empty where there are errors. */
  readonly html: string;
  /** The objects that the template asked to read, each once. */
  readonly assets: readonly S3Uri[];
  readonly errors: readonly TemplateError[];
}

export interface TemplateError {
  readonly message: string;
  readonly line?: number;
}

/** As long as a template may be (reference §4). */
export const maxTemplateCharacters = 128_000;

/** Rendering stops whoever waits for it, so a template has no longer than this. */
const renderLimitMs = 500;

/** Renders a worker task template with `task.input`, the way Ground Truth does (reference §4). */
export function renderTemplate(template: string, taskInput: JsonObject): RenderedTemplate {
  if (template.length > maxTemplateCharacters) {
    return failed({
      message: `The template has ${template.length} characters, more than the ${maxTemplateCharacters} allowed`,
    });
  }
  const assets = new Assets();
  try {
    const html: unknown = engineFor(assets).parseAndRenderSync(template, { task: { input: taskInput } });
    return { html: String(html), assets: assets.uris, errors: [] };
  } catch (error) {
    return failed(describe(error));
  }
}

/** A filter whose result is printed as it is, where it comes last. */
function raw(handler: (value: unknown) => string) {
  return { raw: true, handler };
}

class Assets {
  readonly uris: S3Uri[] = [];
  readonly #indexes = new Map<string, number>();

  /** What a template prints for `address`, which a `capture` may have escaped already, even twice. */
  grant(address: unknown): string {
    const text = unescapeHtml(unescapeHtml(printed(address)));
    const uri = parseObjectAddress(text);
    if (!uri || uri.key === '') {
      throw new Error(`"grant_read_access" input is not a valid S3 URI: "${text}"`);
    }
    const name = JSON.stringify([uri.bucket, uri.key]);
    const index = this.#indexes.get(name) ?? this.uris.push(uri) - 1;
    this.#indexes.set(name, index);
    return assetPlaceholder(index);
  }
}

function engineFor(assets: Assets): Liquid {
  const engine = new Liquid({
    templates: {}, // Without it, liquidjs would look for files.
    outputEscape: (value) => escapeHtml(printed(value)),
    strictFilters: true,
    strictVariables: false,
    ownPropertyOnly: true,
    parseLimit: 2_000_000,
    renderLimit: renderLimitMs,
    memoryLimit: 50_000_000,
  });
  engine.registerFilter(
    'escape',
    raw((value) => escapeHtml(printed(value))),
  );
  engine.registerFilter(
    'escape_once',
    raw((value) => escapeHtmlOnce(printed(value))),
  );
  engine.registerFilter('skip_autoescape', raw(printed));
  engine.registerFilter('to_json', (value: unknown) => JSON.stringify(value ?? null));
  engine.registerFilter('grant_read_access', (value: unknown) => assets.grant(value));
  for (const tag of ['include', 'render', 'layout', 'block']) {
    engine.registerTag(tag, {
      parse() {
        throw new Error(`The tag "${tag}" is not available in a worker task template`);
      },
      render: () => '',
    });
  }
  return engine;
}

/** Objects and lists print as JSON, not joined. */
function printed(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function failed(error: TemplateError): RenderedTemplate {
  return { html: '', assets: [], errors: [error] };
}

function describe(error: unknown): TemplateError {
  if (!(error instanceof Error)) {
    return { message: String(error) };
  }
  // liquidjs wraps what a filter threw, and says the place in words.
  const original = 'originalError' in error && error.originalError instanceof Error ? error.originalError : error;
  const [, line] = /, line:(\d+)/u.exec(error.message) ?? [];
  return {
    message: original.message.replace(/, (?:file:.*?, )?line:\d+, col:\d+$/u, ''),
    ...(line !== undefined && { line: Number(line) }),
  };
}
