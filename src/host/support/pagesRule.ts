import * as vscode from 'vscode';
import { placeOf } from '../../core/doctor/examine.js';
import { pagesChange, pagesFix } from '../../core/doctor/pagesRule.js';
import type { Services, Target } from '../../core/ports.js';
import type { ShownQuestions } from './shownQuestions.js';

/** Whose pages, and who is asked. */
export interface PagesPlace {
  readonly bucket: string;
  readonly target: Target;
  readonly questions: Pick<ShownQuestions, 'besideDiff'>;
}

/**
 * Lets workers' pages read the pictures of a bucket: the rule is merged into those that are there, after its diff was
 * shown. Where nothing is there on this machine, nobody is asked. Resolves to whether they may read them now.
 */
export async function allowPages(
  services: Pick<Services, 'probes' | 'repairs'>,
  { bucket, target, questions }: PagesPlace,
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
    const message = vscode.l10n.t(
      'Add the CORS rule? Workers’ pages show the pictures of "{0}" only with this rule. The bucket’s CORS rules are changed as the diff shows, and nothing else: no object becomes public.',
      bucket,
    );
    if (!(await questions.besideDiff(fix, { message, action: vscode.l10n.t('Apply') }, signal))) {
      return false;
    }
  }
  await fix.apply(signal);
  return true;
}
