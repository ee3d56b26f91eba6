import { checks } from '../../core/doctor/checks.js';
import { changedMeanwhile } from '../../core/doctor/changedMeanwhile.js';
import { examine, placeOf } from '../../core/doctor/examine.js';
import type { Place } from '../../core/doctor/examination.js';
import type { Finding, Fix, Report } from '../../core/doctor/report.js';
import type { CheckResult, FoundLine } from '../../core/doctor/runChecks.js';
import { reasonOf } from '../../core/doctor/reasonOf.js';
import type { JobChange, Subject } from '../../core/doctor/subject.js';
import type { Services } from '../../core/ports.js';
import type { RunState, ShownLine, ShownReport } from '../../protocol/doctor.js';
import type { Connection } from '../support/connection.js';
import type { Ledger } from '../support/ledger.js';
import { keepingObject } from '../support/writeMade.js';
import type { PriceFile } from '../support/priceFile.js';

/** What is looked at, found anew for each look: a job goes on, and a form is filled in. */
interface Looked {
  readonly subject: Subject;
  readonly changeJob?: (change: JobChange) => Promise<void>;
}

export type FindSubject = (services: Services, signal: AbortSignal) => Promise<Looked>;

interface DeskOptions {
  readonly connection: Pick<Connection, 'services' | 'target'>;
  readonly prices: Pick<PriceFile, 'read'>;
  readonly ledger: Pick<Ledger, 'open'>;
  readonly onChange: (report: ShownReport) => void;
}

/** The report that the page shows. It outlives the page. */
export class DoctorDesk {
  readonly #options: DeskOptions;
  #find: FindSubject | undefined;
  #subject = '';
  #state: RunState = { kind: 'done' };
  /** By check, in the order of the list. */
  #results = new Map<string, readonly FoundLine[]>();
  #running = new AbortController();
  #place: Place | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Resolves when all is looked at, or the look was given up. */
  async look(find: FindSubject): Promise<void> {
    this.#find = find;
    this.#results = new Map();
    await this.#run(checks.map(({ id }) => id));
  }

  async again(): Promise<void> {
    if (this.#find) {
      await this.look(this.#find);
    }
  }

  cancel(): void {
    this.#running.abort(new DOMException('Given up', 'AbortError'));
  }

  shown(): ShownReport {
    return {
      subject: this.#subject,
      state: this.#state,
      lines: this.#lines().map(([key, line]) => shownLine(key, line)),
    };
  }

  report(): Report {
    return { subject: this.#subject, findings: this.#lines().map(([, { finding }]) => finding) };
  }

  finding(key: string): Finding | undefined {
    return this.#line(key)?.finding;
  }

  fix(key: string): Fix | undefined {
    return this.#line(key)?.fix;
  }

  /** The fix that the page shows by this id; `undefined` where something else has been found since. */
  shownFix(key: string, fixId: string): Fix | undefined {
    const fix = this.fix(key);
    return fix && idOf(fix) === fixId ? fix : undefined;
  }

  /**
   * Does the fix that was shown of this line, and looks again at its check and at whatever was not as it should be: one
   * may have been the other's.
   */
  async apply(key: string, fix: Fix): Promise<void> {
    const own = this.#line(key)?.finding.check;
    await this.#do(fix);
    const sick = [...this.#results].flatMap(([check, lines]) =>
      lines.some(({ finding }) => finding.status !== 'ok') ? [check] : [],
    );
    await this.#run([...(own === undefined ? [] : [own]), ...sick]);
  }

  /** What it makes is in the ledger of the place that was looked at. */
  async #do(fix: Fix): Promise<void> {
    const { signal } = new AbortController(); // Once it is confirmed, it is done.
    if (fix.makes === undefined) {
      return fix.apply(signal);
    }
    const { connection, ledger } = this.#options;
    const { record } = await ledger.open(signal);
    if (JSON.stringify(placeOf(await connection.target(signal))) !== JSON.stringify(this.#place)) {
      throw changedMeanwhile(fix.fileName);
    }
    return keepingObject(record, fix.makes, () => fix.apply(signal));
  }

  async #run(ids: readonly string[]): Promise<void> {
    this.cancel();
    const find = this.#find;
    const { signal } = (this.#running = new AbortController());
    const chosen = checks.filter(({ id }) => ids.includes(id));
    let checked = 0;
    this.#tell({ kind: 'running', checked, checks: chosen.length });
    try {
      const services = await this.#options.connection.services();
      const place = placeOf(await this.#options.connection.target(signal));
      this.#place = place;
      const looked = await find?.(services, signal);
      if (looked) {
        this.#subject = looked.subject.title;
        this.#tell(this.#state);
        const prices = () => this.#options.prices.read();
        for await (const result of examine({ ...looked, services, place, prices, only: ids }, signal)) {
          checked += 1;
          this.#take(result);
          this.#tell({ kind: 'running', checked, checks: chosen.length });
        }
      }
      signal.throwIfAborted();
      this.#tell({ kind: 'done' });
    } catch (error) {
      if (this.#running.signal !== signal) {
        return; // Another look has begun, which tells of itself.
      }
      this.#tell(signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', message: reasonOf(error) });
    }
  }

  #take({ check, lines }: CheckResult): void {
    this.#results.set(check, lines);
  }

  #tell(state: RunState): void {
    this.#state = state;
    this.#options.onChange(this.shown());
  }

  #line(key: string): FoundLine | undefined {
    return this.#lines().find(([candidate]) => candidate === key)?.[1];
  }

  #lines(): readonly (readonly [key: string, line: FoundLine])[] {
    return checks.flatMap(({ id }) =>
      (this.#results.get(id) ?? []).map((line, index) => [`${id} ${index}`, line] as const),
    );
  }
}

function shownLine(key: string, { finding, fix }: FoundLine): ShownLine {
  const { id, stage, status, where, cause, commands, policy } = finding;
  return {
    key,
    id,
    stage,
    status,
    where,
    cause,
    canCopyCli: commands.length > 0,
    ...(fix && { fix: { id: idOf(fix), title: fix.title } }),
    ...(policy && { policy: JSON.stringify(policy, undefined, 2) }),
  };
}

const ids = new WeakMap<Fix, string>();
let lastId = 0;

function idOf(fix: Fix): string {
  const id = ids.get(fix) ?? String((lastId += 1));
  ids.set(fix, id);
  return id;
}
