import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { fillSample } from '#core/sample/fill.ts';
import { generated } from '#scripts/sample/generate.ts';
import { root } from '#scripts/lib/paths.ts';
import { median, pairs } from '../row.ts';
import type { Row } from '../row.ts';
import { seated, sitAt } from './seated.ts';
import type { Seated } from './seated.ts';
import { start } from './spawn.ts';

/** What a person does in a list: each ends with the rows being other ones. */
interface Deed {
  /** Where it begins. */
  place: string;
  /** Done in the page, over and over; says how long each took in milliseconds. */
  measure(page: Page): Promise<number[]>;
}

const rounds = 6;
/** Milliseconds for reading ahead to be done with, and for what a deed set off to come to rest. */
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

const rest = (page: Page): Promise<void> => page.waitForTimeout(calm.between);

/** Repeats a deed of the page's, given by the number of its turn. */
async function repeat(page: Page, deed: (turn: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    times.push(await deed(turn));
    await rest(page);
  }
  return times;
}

const opening: Deed = {
  place: 'frames://live/teams',
  measure: (page) =>
    repeat(page, (turn) =>
      page.evaluate(
        (name) => {
          const entries = [...document.querySelectorAll<HTMLElement>('nav .rail-entry')];
          const entry = entries.find((one) => one.textContent.startsWith(name));
          return timeToChange(() => entry?.click());
        },
        turn % 2 === 0 ? 'Students' : 'Teams',
      ),
    ),
};

const sorting: Deed = {
  place: 'frames://live/students',
  measure: (page) =>
    repeat(page, (turn) =>
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
  place: 'frames://live/students',
  measure: (page) =>
    repeat(page, (turn) => type(page, ['a', 'an', 'ana', 'an', 'a', ''][turn % 6] as string)),
};

const filtering: Deed = {
  place: 'frames://live/students',
  measure: (page) =>
    repeat(page, async (turn) => {
      if (turn % 2 === 0) {
        await typeQuietly(page, 'terms_remaining>=2');
        await rest(page);
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

async function once<R>(place: Seated, deed: Deed, measure: (page: Page) => Promise<R>): Promise<R> {
  await sitAt(place.profile, deed.place);
  const started = await start(root, { profile: place.profile, args: ['--workspace', place.workspace] });
  const { page } = started;
  try {
    await page.waitForSelector('[role="grid"] [role="gridcell"]');
    await page.evaluate(teach);
    await page.waitForTimeout(calm.start);
    return await measure(page);
  } finally {
    await started.close();
  }
}

const largeSeat = (place: string): Promise<Seated> =>
  seated(async (services, session) => {
    await fillSample(services, session, {
      sample: generated({ size: '100k', seed: 1, now: Date.UTC(2026, 0, 1) }),
    });
  }, place);

/** From the click on Insights to the first answer, some seconds after the start, of records that nothing was written to since. In milliseconds. */
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

const insightsOpen: Row = {
  id: 'insights-open',
  name: 'first page of Insights with 100k records vs opening a list of them, to the first changed frame',
  target: 10,
  better: 'lower',
  async measure(repetitions) {
    const place = await largeSeat(opening.place);
    const answered: number[] = [];
    try {
      const ratios: number[] = [];
      for (let round = 0; round < repetitions; round += 1) {
        const [list, answer] = await once(place, opening, async (page) => [
          median(await opening.measure(page)),
          await firstAnswer(page),
        ]);
        answered.push(answer);
        ratios.push(answer / list);
      }
      console.log(`  insights-open: ${span(answered)}`);
      return ratios;
    } finally {
      await rm(place.folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

/** From the shortest to the longest of some times. */
const span = (times: readonly number[]): string =>
  `${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)} ms`;

function answering(id: string, what: string, deed: Deed): Row {
  return {
    id,
    name: `${what} with 100k records vs the same list in a small workspace, to the first changed frame`,
    target: 2,
    better: 'lower',
    async measure(repetitions) {
      const places = await Promise.all([
        largeSeat(deed.place),
        seated(async (services, session) => {
          await fillSample(services, session);
        }, deed.place),
      ]);
      const [large, small] = places;
      const times = { large: [] as number[], small: [] as number[] };
      const timed = async (which: keyof typeof times, place: Seated): Promise<number> => {
        const time = median(await once(place, deed, (page) => deed.measure(page)));
        times[which].push(time);
        return time;
      };
      try {
        const ratios = await pairs(
          repetitions,
          'lower',
          () => timed('large', large),
          () => timed('small', small),
        );
        console.log(`  ${id}: ${span(times.large)} with 100k records, ${span(times.small)} with 600`);
        return ratios;
      } finally {
        for (const { folder } of places) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
}

export const answers: readonly Row[] = [
  answering('list-open', 'opening a list', opening),
  answering('list-sort', 'sorting a list', sorting),
  answering('list-search', 'a letter typed in search', searching),
  answering('list-filter', 'a filter put on or taken off', filtering),
  insightsOpen,
];
