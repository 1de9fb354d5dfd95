import { findText } from '#core/search/find.ts';
import { passagesOf } from '#core/search/passages.ts';
import { searchIndex } from '#core/search/search-index.ts';
import type { SearchIndex } from '#core/search/search-index.ts';
import type { Services } from '#core/model/services.ts';
import { visibleCondition } from '#core/kernel/db/schema.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import { each, timed } from '../row.ts';
import type { Row } from '../row.ts';
import type { Run } from '../run.ts';
import { filled } from './backup.ts';
import type { Place } from './place.ts';

/** Searches of each term in a round, and how many of the most common words are searched. */
const [searches, common] = [20, 10];

function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

export function drain<R>(work: Generator<number, R, void>): R {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

/** 100,000 records of which most have the word "programme" in a custom field. */
async function indexed(run: Run): Promise<{ place: Place; index: SearchIndex; services: Services }> {
  const place = await filled(run, (at) => (at % 10 === 0 ? {} : { remark: 'Part of the programme' }));
  const { services } = place.core;
  const index = searchIndex(services);
  drain(index.catchUp());
  return { place, index, services };
}

async function times(run: Run, work: () => unknown): Promise<number[]> {
  const found: number[] = [];
  for (let turn = 0; turn < run.scaled(searches); turn += 1) found.push(await timed(work));
  return found;
}

const commonTerm: Row = {
  id: 'search-common-term',
  name: 'search for the worst of the most common words, p95, vs a LIKE scan of the texts, 100k records',
  target: 0.2,
  better: 'lower',
  async measure(run) {
    const { place, index, services } = await indexed(run);
    try {
      const words = index.db.column<string>(
        'SELECT term FROM vocabulary GROUP BY term ORDER BY sum(doc) DESC LIMIT ?',
        [run.scaled(common)],
      );
      const scan = index.db.raw.prepare('SELECT record FROM passages WHERE text LIKE ?').pluck();
      return await each(run, async () => {
        const ratios: number[] = [];
        for (const text of words) {
          const ours = await times(run, () => drain(findText(index, services, { text, limit: 20 })));
          const theirs = await times(run, () => scan.all(`%${text}%`));
          ratios.push(percentile95(ours) / percentile95(theirs));
        }
        return Math.max(...ratios);
      });
    } finally {
      await place.close();
    }
  },
};

/** Reads the texts of all records and keeps none. */
function readTexts({ read, files }: Services): void {
  for (const type of entityTypes)
    for (const payload of read.column<string>(
      `SELECT payload FROM ${tableOf[type]} WHERE ${visibleCondition()}`,
    ))
      passagesOf(files, type, JSON.parse(payload) as JsonObject);
}

const build: Row = {
  id: 'index-build',
  name: 'building the search index, per 1,000 of 100k records, vs reading their texts once',
  target: 50,
  better: 'lower',
  async measure(run) {
    const place = await filled(run);
    const { services } = place.core;
    const index = searchIndex(services);
    try {
      readTexts(services);
      return await each(run, async () => {
        index.clear();
        const took = await timed(() => drain(index.catchUp()));
        return took / (await timed(() => readTexts(services)));
      });
    } finally {
      await place.close();
    }
  },
};

/** Times of a commit, and of a commit and the search that finds it. */
async function committed(
  run: Run,
  place: Place,
  round: number,
): Promise<{ plain: number[]; searchable: number[] }> {
  const client = place.core.client(place.core.session());
  const [team] = (await client.entities.list({ type: 'team', limit: 1 })).rows;
  const id = team?.id ?? '';
  const [plain, searchable]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < run.scaled(searches); turn += 1) {
    const [first, text] = ['a', 'b'].map((letter) => `zzyzx${letter}${round + 1}x${turn}`) as [
      string,
      string,
    ];
    plain.push(await timed(() => client.entities.update({ type: 'team', id, data: { description: first } })));
    searchable.push(
      await timed(async () => {
        await client.entities.update({ type: 'team', id, data: { description: text } });
        const { total } = await client.search.find({ text });
        if (total !== 1) throw new Error('A commit is not found.');
      }),
    );
  }
  return { plain, searchable };
}

const searchable = (
  row: Pick<Row, 'id' | 'name' | 'target'>,
  figure: (plain: readonly number[], searchable: readonly number[]) => number,
): Row => ({
  ...row,
  better: 'lower',
  async measure(run) {
    const { place } = await indexed(run);
    try {
      return await each(run, async (round) => {
        const { plain, searchable: found } = await committed(run, place, round);
        return figure(plain, found);
      });
    } finally {
      await place.close();
    }
  },
});

export const searchRows: readonly Row[] = [
  commonTerm,
  build,
  searchable(
    {
      id: 'commit-searchable',
      name: 'a commit and the search that finds it, p95, 100k records (ms)',
      target: 1000,
    },
    (_plain, found) => percentile95(found),
  ),
  searchable(
    {
      id: 'commit-searchable-vs-commit',
      name: 'a commit and the search that finds it vs a commit alone, p95, 100k records',
      target: null,
    },
    (plain, found) => percentile95(found) / percentile95(plain),
  ),
];
