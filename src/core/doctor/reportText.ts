import { bashText } from './bash.js';
import { countStatuses, type Finding, type Report, stages, type Status } from './report.js';

const signs: Readonly<Record<Status, string>> = { ok: '✓', warning: '⚠', error: '✗', unknown: '?' };

/** For a terminal. */
export function reportText(report: Report): string {
  const sections = stages.flatMap(({ stage, title }) => {
    const own = report.findings.filter((finding) => finding.stage === stage);
    return own.length === 0 ? [] : [`${stage}. ${title}\n${own.map(textLine).join('')}`];
  });
  return `Looked at ${report.subject}.\n\n${sections.join('\n')}\n${summary(report)}\n`;
}

function textLine(finding: Finding): string {
  const { status, where, cause, id, fix, policy, commands } = finding;
  const lines = [
    `  ${signs[status]} ${where}: ${cause} [${id}]`,
    ...(fix ? [`      Fix: ${fix.title}`] : []),
    ...(policy ? [`      Policy: ${JSON.stringify(policy)}`] : []),
    ...(status === 'ok' || commands.length === 0
      ? []
      : bashText(commands)
          .trimEnd()
          .split('\n')
          .map((line) => `      $ ${line}`)),
  ];
  return `${lines.join('\n')}\n`;
}

/** For an issue or a chat. */
export function reportMarkdown(report: Report): string {
  const sections = stages.flatMap(({ stage, title }) => {
    const own = report.findings.filter((finding) => finding.stage === stage);
    return own.length === 0 ? [] : [`## ${stage}. ${title}\n\n${own.map(markdownLine).join('')}`];
  });
  return `# Ground Truth Doctor: ${report.subject}\n\n${summary(report)}\n\n${sections.join('\n')}`;
}

function markdownLine(finding: Finding): string {
  const { status, where, cause, id, fix, policy, commands } = finding;
  return [
    `- ${signs[status]} **${escaped(where)}**: ${escaped(cause)} (\`${id}\`)\n`,
    fix ? `  Fix: ${escaped(fix.title)}\n` : '',
    policy ? block('json', JSON.stringify(policy, undefined, 2)) : '',
    status === 'ok' || commands.length === 0 ? '' : block('sh', bashText(commands).trimEnd()),
  ].join('');
}

function block(language: string, text: string): string {
  return `\n  \`\`\`${language}\n${indented(text)}\n  \`\`\`\n`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

/** Keys of objects may hold anything. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|]/gu, String.raw`\$&`).replaceAll('\n', ' ');
}

export function reportJson(report: Report): string {
  return `${JSON.stringify({ ...report, counts: countStatuses(report.findings) }, undefined, 2)}\n`;
}

/** `2 errors, 1 warning, 3 not checked, 12 fine.` */
export function summary({ findings }: { readonly findings: readonly Pick<Finding, 'status'>[] }): string {
  const { ok, warning, error, unknown } = countStatuses(findings);
  const parts = [
    ...counted(error, 'error', 'errors'),
    ...counted(warning, 'warning', 'warnings'),
    ...counted(unknown, 'not checked', 'not checked'),
    ...counted(ok, 'fine', 'fine'),
  ];
  return parts.length === 0 ? 'Nothing was found.' : `${parts.join(', ')}.`;
}

function counted(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}
