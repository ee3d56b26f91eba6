const namespace = 'http://www.w3.org/2000/svg';
const padding = 16;
const titleHeight = 24;
const lineHeight = 18;
const characterWidth = 6.4;

/** What a picture needs of a style, as attributes that every program knows. */
const attributes = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

/**
 * A card's chart as a file of its own: with title, sentence and legend, its own background, and with colours instead of
 * the page's variables.
 */
export function chartPicture(card: Element): { readonly svg: string; readonly width: number; readonly height: number } {
  const chart = card.querySelector('svg');
  if (!chart) {
    throw new Error('There is no chart to copy here.');
  }
  const { width: chartWidth, height: chartHeight } = chart.getBoundingClientRect();
  const width = Math.ceil(chartWidth) + 2 * padding;
  const page = getComputedStyle(document.body);
  const root = element('svg', { xmlns: namespace, 'font-family': page.fontFamily, 'font-size': '13' });
  const text = (said: string, y: number, more: Record<string, string> = {}) => {
    const node = element('text', { x: String(padding), y: String(y), fill: rgb(page.color), ...more });
    node.textContent = said;
    root.append(node);
  };
  let y = padding + 14;
  text(card.querySelector('h3')?.textContent ?? '', y, { 'font-weight': '600', 'font-size': '15' });
  y += titleHeight;
  for (const line of wrapped(card.querySelector('.says')?.textContent ?? '', (width - 2 * padding) / characterWidth)) {
    text(line, y);
    y += lineHeight;
  }
  y = addLegend(root, card, { y, width, text });
  const drawn = chart.cloneNode(true) as SVGSVGElement;
  resolveStyles(chart, drawn);
  drawn.setAttribute('x', String(padding));
  drawn.setAttribute('y', String(y));
  drawn.setAttribute('width', String(Math.ceil(chartWidth)));
  drawn.setAttribute('height', String(Math.ceil(chartHeight)));
  root.append(drawn);
  const height = Math.ceil(y + chartHeight + padding);
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  root.prepend(element('rect', { width: '100%', height: '100%', fill: rgb(page.backgroundColor) }));
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}

interface LegendPlace {
  readonly y: number;
  readonly width: number;
  readonly text: (said: string, y: number, more: Record<string, string>) => void;
}

/** Returns where what comes below it begins. */
function addLegend(root: Element, card: Element, { y, width, text }: LegendPlace): number {
  let x = padding;
  let top = y;
  const entries = [...card.querySelectorAll('.legend li')];
  for (const entry of entries) {
    const said = entry.textContent.trim();
    const room = 22 + said.length * characterWidth + 12;
    if (x + room > width && x > padding) {
      x = padding;
      top += lineHeight;
    }
    const swatch = entry.querySelector('.swatch');
    const fill =
      swatch?.classList.contains('hatched') === true
        ? 'url(#hatch)'
        : rgb(swatch ? getComputedStyle(swatch).backgroundColor : '');
    root.append(element('rect', { x: String(x), y: String(top - 10), width: '12', height: '12', rx: '2', fill }));
    text(said, top, { x: String(x + 18) });
    x += room;
  }
  return entries.length > 0 ? top + lineHeight : top;
}

/** Both trees are alike: what the first looks like is written into the second. */
function resolveStyles(from: Element, to: Element): void {
  const children = [...to.children];
  [...from.children].forEach((child, place) => {
    const copy = children[place];
    if (copy && child.classList.contains('on-screen')) {
      copy.remove();
    } else if (copy) {
      resolveStyles(child, copy);
    }
  });
  const style = getComputedStyle(from);
  for (const name of attributes) {
    const value = style.getPropertyValue(name);
    // A pattern keeps its reference, which the browser would make an absolute one.
    if (value !== '' && from.getAttribute(name)?.startsWith('url(') !== true) {
      to.setAttribute(name, rgb(value));
    }
  }
  for (const name of ['class', 'style', 'role', 'tabindex', 'aria-pressed']) {
    to.removeAttribute(name);
  }
}

/** Mixed colours are told in a way that only browsers read. */
function rgb(value: string): string {
  const [, red, green, blue, alpha] =
    /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/u.exec(value) ?? [];
  if (red === undefined) {
    return value;
  }
  const parts = [red, green, blue].map((part) => Math.round(Math.min(1, Math.max(0, Number(part))) * 255));
  return alpha === undefined ? `rgb(${parts.join(', ')})` : `rgba(${parts.join(', ')}, ${alpha})`;
}

function wrapped(text: string, characters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/u)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < characters) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function element(name: string, values: Record<string, string>): SVGElement {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(values)) {
    made.setAttribute(key, value);
  }
  return made;
}
