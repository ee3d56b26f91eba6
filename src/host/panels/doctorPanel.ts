import * as vscode from 'vscode';
import { bashText } from '../../core/doctor/bash.js';
import { changedMeanwhile } from '../../core/doctor/changedMeanwhile.js';
import { changedDraft, draftSubject } from '../../core/doctor/draftSubject.js';
import { examineAll, placeOf } from '../../core/doctor/examine.js';
import { checks } from '../../core/doctor/checks.js';
import { ensureSameJob } from '../../core/doctor/jobFix.js';
import { jsonText } from '../../core/doctor/jsonText.js';
import { subjectOf } from '../../core/doctor/look.js';
import type { Finding } from '../../core/doctor/report.js';
import { reportJson, reportMarkdown } from '../../core/doctor/reportText.js';
import type { LabelingJobDraft } from '../../core/jobs/labelingJobDraft.js';
import type { Handlers } from '../../protocol/channel.js';
import type { DoctorPage } from '../../protocol/doctor.js';
import { askForLook, type DoctorQuestionDeps } from '../commands/doctorQuestion.js';
import type { DoctorAnchor } from '../commands/signatures.js';
import type { Ledger } from '../support/ledger.js';
import { OnePanel } from '../support/onePanel.js';
import type { PriceFile } from '../support/priceFile.js';
import type { ShownQuestions } from '../support/shownQuestions.js';
import { worded } from '../support/wordedHandlers.js';
import { DoctorDesk, type FindSubject } from './doctorDesk.js';
import type { Doctors, DraftHolder, PanelLook } from './doctors.js';

export interface DoctorDeps extends DoctorQuestionDeps {
  readonly drafts: DraftHolder;
  readonly prices: Pick<PriceFile, 'read'>;
  readonly ledger: Pick<Ledger, 'open'>;
  /** Of the workspace. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly questions: Pick<ShownQuestions, 'besideDiff'>;
  /** What may be shown differently after a fix. */
  readonly onFixed: () => void;
}

/** Of a form, what it says by itself, or nobody can mend before the job is there, is left out. */
const notOfDrafts = new Set(['team.invites', 's3.bpa', 'job.name', 'labels.list', 'job.stalled', 'cost']);
const draftSamples = 5;
const lookKey = 'groundTruth.doctorLook';

/** The doctor's one page, and what the job form asks of it. */
export class DoctorPanel implements Doctors, vscode.Disposable {
  readonly #deps: DoctorDeps;
  readonly #desk: DoctorDesk;
  readonly #panel: OnePanel<DoctorPage>;
  /** Ends with the question whether a fix is to be applied: there is one at a time. */
  #asking = new AbortController();
  readonly #listening: vscode.Disposable;

  constructor(extension: vscode.Uri, deps: DoctorDeps) {
    this.#deps = deps;
    this.#desk = new DoctorDesk({
      connection: deps.connection,
      prices: deps.prices,
      ledger: deps.ledger,
      onChange: (report) => this.#panel.emit('report.changed', report),
    });
    this.#panel = new OnePanel({
      extension,
      viewType: 'groundTruth.doctor',
      page: 'doctor',
      title: vscode.l10n.t('Ground Truth Doctor'),
      handlers: () => worded(this.#handlers(), { isForPage: () => false, log: (error) => deps.log.error(error) }),
      onRestored: async () => this.#lookAt(deps.memory.get<PanelLook>(lookKey) ?? { kind: 'account' }),
    });
    this.#listening = deps.connection.onDidChange(() => {
      this.#asking.abort();
      this.#desk.cancel(); // What was found is of another place.
      this.#panel.close();
    });
  }

  async run(from: DoctorAnchor | undefined): Promise<void> {
    const look = await askForLook(this.#deps, from);
    if (look) {
      this.#panel.show();
      this.#lookAt(look);
      await this.#deps.memory.update(lookKey, look);
    }
  }

  /** Takes over the panel that a reloaded window restores, and looks again at the same: what was found is gone. */
  get serializer(): vscode.WebviewPanelSerializer {
    return this.#panel;
  }

  async lookAtDraft(draft: LabelingJobDraft, signal: AbortSignal): Promise<readonly Finding[]> {
    const { connection } = this.#deps;
    const place = placeOf(await connection.target(signal));
    const services = await connection.services();
    const only = checks.flatMap(({ id }) => (notOfDrafts.has(id) ? [] : [id]));
    const { report } = await examineAll(
      { services, place, subject: draftSubject(draft), only, samples: draftSamples },
      signal,
    );
    return report.findings.filter(({ status }) => status === 'error' || status === 'warning');
  }

  dispose(): void {
    this.#listening.dispose();
    this.#desk.cancel();
    this.#panel.dispose();
    this.#asking.abort();
  }

  /** The page tells of it. */
  #lookAt(look: PanelLook): void {
    void this.#desk.look(this.#finder(look));
  }

  #finder(look: PanelLook): FindSubject {
    const { drafts } = this.#deps;
    if (look.kind !== 'draft') {
      return async (services, signal) => ({ subject: await subjectOf(look, services, signal) });
    }
    return async () => {
      const subject = draftSubject(drafts.draft);
      return {
        subject,
        changeJob: async (change) => {
          ensureSameJob(change, subject.job, draftSubject(drafts.draft).job);
          await drafts.changeDraft(changedDraft(drafts.draft, change));
        },
      };
    };
  }

  #handlers(): Handlers<DoctorPage> {
    const desk = this.#desk;
    return {
      'report.get': async () => desk.shown(),
      'report.run': async () => void desk.again(),
      'report.cancel': async () => desk.cancel(),
      'report.copy': async ({ format }) => {
        const report = desk.report();
        await vscode.env.clipboard.writeText(format === 'json' ? reportJson(report) : reportMarkdown(report));
      },
      'subject.choose': async () => this.run(undefined),
      'fix.do': async ({ key, fixId }) => this.#fix(key, fixId),
      'cli.copy': async ({ key }) => vscode.env.clipboard.writeText(bashText(desk.finding(key)?.commands ?? [])),
      'policy.copy': async ({ key }) => vscode.env.clipboard.writeText(jsonText(desk.finding(key)?.policy)),
    };
  }

  /** Shows what would change, asks, does it, and looks again. */
  async #fix(key: string, fixId: string): Promise<boolean> {
    const fix = this.#desk.shownFix(key, fixId);
    if (!fix) {
      throw changedMeanwhile(this.#desk.finding(key)?.where ?? key);
    }
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const message = vscode.l10n.t(
      '{0}? "{1}" is changed as the diff shows, and nothing else.',
      fix.title,
      fix.fileName,
    );
    const isSure = await this.#deps.questions.besideDiff(fix, { message, action: vscode.l10n.t('Apply') }, signal);
    if (signal.aborted) {
      return false;
    }
    this.#panel.show();
    if (isSure) {
      await this.#desk.apply(key, fix); // The one that was shown, whatever was found meanwhile.
      this.#deps.onFixed();
    }
    return isSure;
  }
}
