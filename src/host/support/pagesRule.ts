import * as vscode from 'vscode';
import { placeOf } from '../../core/doctor/examine.js';
import { pagesChange, pagesFix } from '../../core/doctor/pagesRule.js';
import type { Services, Target } from '../../core/ports.js';
import { besideDiff } from '../panels/fixDiff.js';
import { confirm } from './prompts.js';

/**
 * Lets workers' pages read the pictures of a bucket: the rule is merged into those that are there, after its diff was
 * shown. Where nothing is there on this machine, nobody is asked. Resolves to whether they may read them now.
 */
export async function allowPages(
  services: Pick<Services, 'probes' | 'repairs'>,
  { bucket, target }: { readonly bucket: string; readonly target: Target },
  signal: AbortSignal,
): Promise<boolean> {
  const { kind, region, cliOptions } = placeOf(target);
  const rules = await services.probes.corsRules(bucket, signal);
  const change = pagesChange(rules, region);
  if (!change) {
    return true;
  }
  const fix = pagesFix(services, bucket, change, (...command) => ['aws', ...command, ...cliOptions]);
  if (kind === 'aws' || rules.length > 0) {
    const detail = vscode.l10n.t(
      'Workers’ pages show the pictures of "{0}" only with this rule. The bucket’s CORS rules are changed as the diff shows, and nothing else: no object becomes public.',
      bucket,
    );
    const ask = () => confirm(fix.title, detail, vscode.l10n.t('Apply'));
    if (!(await besideDiff('groundtruth-pages', fix, ask))) {
      return false;
    }
  }
  await fix.apply(signal);
  return true;
}
