import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import type { Run } from '../run.ts';
import { clusteredEdges } from './edges.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';

const size = { teams: 20_000, links: 100_000 };
/** How many records are written before others get their turn. */
const slice = 500;

/** A workspace of 20,000 teams with 100,000 links of every bond between them. */
async function linkedTeams(run: Run): Promise<Place> {
  const [teams, links] = [run.scaled(size.teams), run.scaled(size.links)];
  const place = await openPlace();
  const { queue } = place.core.services;
  const bonds = Object.keys(defaultEnergyLoss);
  const { from, to } = clusteredEdges(teams, links);
  await queue.job(place.core.session(), 'bench', async (write) => {
    for (let at = 0; at < teams; at += 1) {
      write.records.createLater({ type: 'team', id: `team-${at}`, payload: { name: `Team ${at}` } }, null);
      if (at % slice === 0) await Promise.resolve();
    }
    for (const [at, start] of from.entries()) {
      // A team has no link to itself.
      const end = to[at] === start ? (start + 1) % teams : to[at];
      const payload = {
        from: `team-${start}`,
        to: `team-${end}`,
        bond_type: bonds[at % bonds.length] as string,
      };
      write.records.createLater({ type: 'interface', id: `link-${at}`, payload }, null);
      if (at % slice === 0) await Promise.resolve();
    }
    write.audit.label('import', { source: '', count: teams + links });
  });
  queue.checkpoint();
  return place;
}

/** Reads a stream to its end. */
async function finish(stream: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const _event of await stream);
}

export const analysisNetwork: Row = {
  id: 'analysis-network',
  name: 'measures of a network of 100k links vs an Insights answer',
  target: 2,
  better: 'lower',
  async measure(run) {
    const place = await linkedTeams(run);
    const { core } = place;
    const { analysis } = core.client(core.session());
    try {
      return await pairs(run, 'lower', {
        ours: (round) => timed(() => finish(analysis.network({ seed: round + 1 }))),
        // An answer of the same seed would be remembered.
        theirs: (round) =>
          timed(() =>
            finish(analysis.insights({ question: 'leavers', seed: round + 1, quick: run.isSmoke })),
          ),
      });
    } finally {
      await place.close();
    }
  },
};
