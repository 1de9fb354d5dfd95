import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { fillSample } from '#core/sample/fill.ts';
import { generated } from '#scripts/sample/generate.ts';
import { root } from '#scripts/lib/paths.ts';
import { median } from '../row.ts';
import type { Figures, Row } from '../row.ts';
import { oncePerRun, roundsOf } from '../run.ts';
import type { Run } from '../run.ts';
import { seated, sitAt } from './seated.ts';
import type { Seated } from './seated.ts';
import { start } from './spawn.ts';

/** What a person does in a list: each action ends with other rows. */
interface Deed {
  /** The name of the list in the rail where it begins. */
  list: string;
  /** Done in the page, over and over. Returns the milliseconds of each. */
  measure(page: Page, run: Run): Promise<number[]>;
}

const rounds = 6;
/** Milliseconds until reading ahead is over, and between actions. */
const calm = { start: 9000, between: 400 };

declare global {
  /** Runs a deed and waits for the first frame after the rows have changed. Answers in milliseconds. */
  function timeToChange(deed: () => void): Promise<number>;
  /** Puts a text into a field as typing it does. */
  function typeInto(selector: string, text: string): void;
}

/** Teaches the page to take the time of a deed. It runs in the page and knows nothing of here. */
function teach(): void {
  const rows = (): string => {
    const shown = [...document.querySelectorAll('[role="grid"] [role="row"] [role="gridcell"]')];
    const many = document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') ?? '';
    return [many, ...shown.slice(0, 40).map((cell) => cell.textContent)].join('|');
  };
  globalThis.typeInto = (selector, text) => {
    const box = document.querySelector<HTMLInputElement>(selector);
    // React looks at the field's own property; the prototype's tells it that something changed.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, text);
    box?.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  globalThis.timeToChange = (deed) =>
    new Promise((resolve, reject) => {
      const before = rows();
      const late = setTimeout(() => reject(new Error('The rows did not change.')), 10_000);
      const observer = new MutationObserver(() => {
        const now = rows();
        if (now === before) return;
        observer.disconnect();
        clearTimeout(late);
        // The frame that is drawn next shows it; a timer set there comes after that frame.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
      });
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributeFilter: ['aria-rowcount'],
      });
      const began = performance.now();
      deed();
    });
}

const rest = (page: Page, run: Run): Promise<void> => page.waitForTimeout(run.scaled(calm.between));

/** Repeats a deed of the page's, given by the number of its turn. An even number of turns leaves the list as it was. */
async function repeat(page: Page, run: Run, deed: (turn: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < (run.isSmoke ? 2 : rounds); turn += 1) {
    times.push(await deed(turn));
    await rest(page, run);
  }
  return times;
}

/** Chooses a list in the rail. Returns the milliseconds until its rows are shown. */
const openList = (page: Page, list: string): Promise<number> =>
  page.evaluate((name) => {
    const entries = [...document.querySelectorAll<HTMLElement>('nav .rail-entry')];
    const entry = entries.find((one) => one.textContent.startsWith(name));
    return timeToChange(() => entry?.click());
  }, list);

const opening: Deed = {
  list: 'Teams',
  measure: (page, run) => repeat(page, run, (turn) => openList(page, turn % 2 === 0 ? 'Students' : 'Teams')),
};

const sorting: Deed = {
  list: 'Students',
  measure: (page, run) =>
    repeat(page, run, (turn) =>
      page.evaluate(
        (name) => {
          const headers = [...document.querySelectorAll<HTMLElement>('[role="columnheader"]')];
          const header = headers.find((one) => one.textContent.startsWith(name));
          const button = header?.querySelector<HTMLElement>('button') ?? header;
          return timeToChange(() => button?.click());
        },
        turn % 2 === 0 ? 'University' : 'Name',
      ),
    ),
};

/** Sets the text of the box above the list as typing does, and waits for what that shows. */
const type = (page: Page, text: string): Promise<number> =>
  page.evaluate((typed) => timeToChange(() => typeInto('.list-search input', typed)), text);

/** The same where nothing is to be waited for. */
const typeQuietly = (page: Page, text: string): Promise<void> =>
  page.evaluate((typed) => typeInto('.list-search input', typed), text);

const searching: Deed = {
  list: 'Students',
  measure: (page, run) => {
    const texts = run.isSmoke ? ['ana', ''] : ['a', 'an', 'ana', 'an', 'a', ''];
    return repeat(page, run, (turn) => type(page, texts[turn] as string));
  },
};

const filtering: Deed = {
  list: 'Students',
  measure: (page, run) =>
    repeat(page, run, async (turn) => {
      if (turn % 2 === 0) {
        await typeQuietly(page, 'terms_remaining>=2');
        await rest(page, run);
      }
      return page.evaluate((chip) => {
        const box = document.querySelector<HTMLInputElement>('.list-search input');
        const cross = document.querySelector<HTMLElement>(chip);
        return timeToChange(() => {
          if (cross) cross.click();
          else
            box?.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }));
        });
      }, '[aria-label^="Remove filter"]');
    }),
};

const deeds = { open: opening, sort: sorting, search: searching, filter: filtering };
type DeedName = keyof typeof deeds;
const deedNames = Object.keys(deeds) as DeedName[];

/** From the click on Insights to the first answer, of records that nothing was written to since the start. In milliseconds. */
const firstAnswer = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('There was no answer.')), 30_000);
        const observer = new MutationObserver(() => {
          if (!document.querySelector('section[aria-label="Answers"] li')) return;
          observer.disconnect();
          clearTimeout(late);
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
        });
        observer.observe(document.body, { subtree: true, childList: true });
        const entries = [...document.querySelectorAll<HTMLElement>('nav .rail-entry')];
        const began = performance.now();
        entries.find((one) => one.textContent.startsWith('Insights'))?.click();
      }),
  );

type Times = Record<DeedName | 'insights', number>;

/** Milliseconds of each deed, the median of its turns, and of the first page of Insights: all in one start. */
async function timesOf(place: Seated, run: Run): Promise<Times> {
  await sitAt(place.profile, 'frames://live/teams');
  const started = await start(root, { profile: place.profile, args: ['--workspace', place.workspace] });
  const { page } = started;
  const times: Partial<Times> = {};
  let shown = opening.list;
  try {
    await page.waitForSelector('[role="grid"] [role="gridcell"]');
    await page.evaluate(teach);
    await page.waitForTimeout(run.scaled(calm.start));
    for (const name of deedNames) {
      const deed = deeds[name];
      const { list } = deed;
      if (list !== shown) await openList(page, list);
      shown = list;
      await rest(page, run);
      times[name] = median(await deed.measure(page, run));
    }
    return { ...(times as Times), insights: await firstAnswer(page) };
  } finally {
    await started.close();
  }
}

/** From the shortest to the longest of some times. */
const span = (times: readonly number[]): string =>
  `${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)} ms`;

/** Everything that is done in a list, with 100,000 records and with 600, in turn. */
const listTimes = oncePerRun(async (run) => {
  const places = await Promise.all(
    [run.sample, 'small' as const].map((size) =>
      seated(async (services, session) => {
        await fillSample(services, session, {
          sample: generated({ size, seed: 1, now: Date.UTC(2026, 0, 1) }),
        });
      }, 'frames://live/teams'),
    ),
  );
  const [largePlace, smallPlace] = places as [Seated, Seated];
  const found: { large: Times; small: Times }[] = [];
  try {
    for (const { round, counts } of roundsOf(run)) {
      const first = round % 2 === 0 ? undefined : await timesOf(largePlace, run);
      const small = await timesOf(smallPlace, run);
      const large = first ?? (await timesOf(largePlace, run));
      if (counts) found.push({ large, small });
    }
    return found;
  } finally {
    for (const { folder } of places) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function measured(run: Run, id: string, name: keyof Times): Promise<{ large: Times; small: Times }[]> {
  const found = await listTimes(run);
  const [large, small] = [found.map((one) => one.large[name]), found.map((one) => one.small[name])];
  if (!run.isSmoke) console.log(`  ${id}: ${span(large)} with 100k records, ${span(small)} with 600`);
  return found;
}

const insightsOpen: Row = {
  id: 'insights-open',
  name: 'first page of Insights with 100k records vs opening a list of them, to the first changed frame',
  target: 10,
  better: 'lower',
  async measure(run): Promise<Figures> {
    const found = await measured(run, 'insights-open', 'insights');
    return {
      runs: found.map(({ large }) => large.insights / large.open),
      // The same page of 600 records: what remains is the window's work.
      floors: found.map(({ large, small }) => small.insights / large.open),
    };
  },
};

const answering = (name: DeedName, what: string): Row => ({
  id: `list-${name}`,
  name: `${what} with 100k records vs the same list in a small workspace, to the first changed frame`,
  target: 2,
  better: 'lower',
  async measure(run): Promise<Figures> {
    const found = await measured(run, `list-${name}`, name);
    return { runs: found.map(({ large, small }) => large[name] / small[name]) };
  },
});

export const answers: readonly Row[] = [
  answering('open', 'opening a list'),
  answering('sort', 'sorting a list'),
  answering('search', 'a letter typed in search'),
  answering('filter', 'a filter put on or taken off'),
  insightsOpen,
];
