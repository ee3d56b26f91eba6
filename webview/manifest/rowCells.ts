import { html, nothing, type TemplateResult } from 'lit';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import { confidence, fileName, notComputed, stateNames, time } from './format.js';

export function sourceCell({ source }: ManifestRow): TemplateResult {
  if (!source) {
    return html`<span class="muted">No source</span>`;
  }
  return source.kind === 'text'
    ? html`<span class="source-text" title=${source.value}>${source.value}</span>`
    : html`<span class="source-name" title=${source.value}>${fileName(source.value)}</span>`;
}

export function classText({ label }: ManifestRow): TemplateResult | string | typeof nothing {
  if (!label) {
    return html`<span class="muted">Not labeled</span>`;
  }
  if (label.state === 'failed') {
    return html`<span class="failed" title=${label.failureReason ?? ''}>Failed</span>`;
  }
  const text = label.classes.map(({ name, count }) => (count > 1 ? `${name} × ${count}` : name)).join(', ');
  return text === '' ? html`<span class="muted">None</span>` : html`<span title=${text}>${text}</span>`;
}

export function confidenceCell({ label }: ManifestRow): TemplateResult | typeof nothing {
  if (label?.isNotComputed === true) {
    return html`<span class="muted" title=${notComputed}>not computed</span>`;
  }
  if (label?.confidence === undefined) {
    return nothing;
  }
  const share = Math.max(0, Math.min(1, label.confidence)) * 100;
  return html`<span class="meter" aria-hidden="true"><span .style=${`width: ${share}%`}></span></span>
    <span class="number">${confidence(label.confidence)}</span>`;
}

export function stateText({ label }: ManifestRow): TemplateResult | typeof nothing {
  if (label?.state === 'machine') {
    return html`<span class="codicon codicon-server-process" title=${stateNames.machine}></span>`;
  }
  return label?.state === 'human'
    ? html`<span class="codicon codicon-account" title=${stateNames.human}></span>`
    : nothing;
}

export function createdText({ label }: ManifestRow): string {
  return label?.createdAt === undefined ? '' : time(label.createdAt);
}
