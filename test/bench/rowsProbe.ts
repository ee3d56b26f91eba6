/** What the list must show, once something was done to it, so that it counts as done. */
export type Expected =
  /** The rows so many pixels further down, in the order of the file. */
  | { readonly kind: 'scrolled'; readonly pixels: number }
  /** Other rows than before, in the order of the file. */
  | { readonly kind: 'elsewhere' }
  /** Rows that all have this text in this cell, and as many as that said to match. */
  | { readonly kind: 'filtered'; readonly cell: string; readonly texts: readonly string[]; readonly matches: string }
  /** The first of the rows has this text in this cell. */
  | { readonly kind: 'sorted'; readonly cell: string; readonly first: string };

/** In milliseconds from the event as the browser had it to the frame that shows what is expected. */
export interface Seen {
  readonly ms: number;
  /** Frames in between in which a row was there without its content. */
  readonly blankFrames: number;
}

/** What the probe leaves in the page; the times are of the clock, so that those of other frames can be compared. */
export interface ProbedWindow {
  probe: {
    /** When the document began, the first rows were drawn, and the whole file was counted. */
    openedAt: number;
    firstRowsAt: number | undefined;
    completeAt: number | undefined;
    /** Resolves to what was seen after the next event of this type. */
    expect(event: string, expected: Expected): Promise<Seen>;
    /** Pixels above the first row, as it is drawn. */
    offset(): number;
  };
}

/**
 * Runs in each frame before its own scripts; tsx keeps the names of functions by a helper that pages do not have, which
 * must be there before.
 */
export function installProbe(): void {
  if (window === window.top || location.href !== 'about:blank') {
    return; // A webview's page is written into a frame that was empty, whose window it keeps.
  }
  const rowHeight = 40;
  const page = window; // All of it runs in the page: nothing may stand outside of this function.
  const probe: ProbedWindow['probe'] = {
    openedAt: performance.timeOrigin,
    firstRowsAt: undefined,
    completeAt: undefined,
    expect: async (event, expected) => expect(event, expected),
    offset: () => offsetOf(drawn()),
  };
  Object.assign(window, { probe });
  watchOpening();

  interface Row {
    readonly place: number;
    readonly top: number;
    readonly element: Element;
  }

  function drawn(): readonly Row[] {
    return [...page.document.querySelectorAll<HTMLElement>('gt-row-list .viewport .row')].map((element) => ({
      place: Number(element.getAttribute('aria-rowindex')) - 2,
      top: Number(/translateY\((?<top>[-\d.]+)px\)/u.exec(element.style.transform)?.groups?.['top']),
      element,
    }));
  }

  function offsetOf([first]: readonly Row[]): number {
    return first ? first.place * rowHeight - first.top : 0;
  }

  function text(row: Row | undefined, cell: string): string {
    // Beside the name of the source stands its picture, or in hidden words why there is none.
    const within = cell === 'source' ? '.cell-source .source-name' : `.cell-${cell}`;
    return row?.element.querySelector(within)?.textContent.trim() ?? '';
  }

  function watchOpening(): void {
    const look = () => {
      const at = afterThisFrame();
      if (probe.firstRowsAt === undefined && isFilled(drawn())) {
        void at.then((time) => (probe.firstRowsAt = time));
      }
      const isComplete = document.querySelector('.totals') !== null && document.querySelector('.progress') === null;
      if (isComplete && probe.firstRowsAt !== undefined) {
        void at.then((time) => (probe.completeAt = time));
        return;
      }
      requestAnimationFrame(look);
    };
    // Frames are told to a document, and the page's own is not there yet; a timer is the window's.
    const waiting = setInterval(() => {
      if (document.querySelector('gt-manifest')) {
        clearInterval(waiting);
        requestAnimationFrame(look);
      }
    }, 1);
  }

  function isFilled(rows: readonly Row[]): boolean {
    return rows.length > 0 && rows.every((row) => text(row, 'line') !== '' && text(row, 'source') !== '');
  }

  /** The place decides what stands in the file there. */
  function isOfItsPlace(row: Row): boolean {
    return (
      text(row, 'line') === `${row.place + 1}` && text(row, 'source') === `${String(row.place).padStart(8, '0')}.jpg`
    );
  }

  function isDone(expected: Expected, before: number): boolean {
    const rows = drawn();
    if (!isFilled(rows)) {
      return false;
    }
    switch (expected.kind) {
      case 'scrolled':
        return Math.abs(offsetOf(rows) - before - expected.pixels) < 1 && rows.every(isOfItsPlace);
      case 'elsewhere':
        return offsetOf(rows) !== before && rows.every(isOfItsPlace);
      case 'filtered': {
        const { cell, texts, matches } = expected;
        const told = document.querySelector('.matches')?.textContent.trim() ?? '';
        return told.startsWith(matches) && rows.every((row) => texts.some((part) => text(row, cell).includes(part)));
      }
      case 'sorted':
        return text(rows[0], expected.cell) === expected.first;
    }
  }

  function expect(type: string, expected: Expected): Promise<Seen> {
    const before = offsetOf(drawn());
    return new Promise((resolve) => {
      const begin = ({ timeStamp }: Event) => {
        let blankFrames = 0;
        const look = () => {
          if (isDone(expected, before)) {
            void afterThisFrame().then((at) => resolve({ ms: at - performance.timeOrigin - timeStamp, blankFrames }));
            return;
          }
          blankFrames += isFilled(drawn()) ? 0 : 1;
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      window.addEventListener(type, begin, { capture: true, once: true });
    });
  }

  /** What is posted while a frame is prepared arrives when it was drawn. */
  function afterThisFrame(): Promise<number> {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.addEventListener('message', () => {
        port1.close();
        resolve(probe.openedAt + performance.now());
      });
      port1.start();
      port2.postMessage(undefined);
    });
  }
}
