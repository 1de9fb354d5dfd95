import type { Network } from '#shared/contract/network.ts';
import { createNameReplacer } from '#shared/page/name-replacer.ts';
import type { NameReplacer } from '#shared/page/name-replacer.ts';
import { sharedPage } from '#shared/page/shared-page.ts';
import type { PrintedPage } from '#shared/shell/print.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';

/** Parts that the user can leave out. */
export type SharePart = 'people' | 'universities' | 'repairs' | 'network';
export type IncludedParts = Readonly<Record<SharePart, boolean>>;

interface PageToShare {
  page: PrintedPage;
  /** The whole network as SVG, names already replaced. */
  picture?: string;
}

export interface ShareRequest {
  suggested: string;
  parts: readonly SharePart[];
  /** Names of people outside the records. */
  people?: readonly string[];
  /** Makes the page. `rename` replaces names in a picture; the names in the page are replaced afterwards. */
  createPage: (included: IncludedParts, rename: NameReplacer) => Promise<PageToShare>;
}

export const maxSharedNames = 20_000;

type Types = Parameters<typeof api.network.graph>[0]['types'];

async function readNames(types: Types, limit: number): Promise<Network['nodes'] | null> {
  const { nodes, matched } = await api.network.graph({ types, limit });
  return matched > nodes.id.length ? null : nodes;
}

/** Reads the names to replace from the records; null if there are too many. */
export async function buildRename(
  { people = [] }: ShareRequest,
  included: IncludedParts,
  limit = maxSharedNames,
): Promise<NameReplacer | null> {
  const types: Types = [
    ...(included.people ? [] : (['faculty', 'student'] as const)),
    ...(included.universities ? [] : (['university'] as const)),
  ];
  if (types.length === 0) return (text) => text;
  const names = await readNames(types, limit);
  if (names === null) return null;
  const { title, type } = names;
  const namesWhere = (hasType: (type: string) => boolean): string[] =>
    title.filter((_, index) => hasType(type[index] ?? ''));
  const personNames = [...namesWhere((nodeType) => nodeType !== 'university'), ...people];
  return createNameReplacer([
    ...(included.people
      ? []
      : [{ names: personNames, replacementOf: (number: number) => say('share:person', { number }) }]),
    ...(included.universities
      ? []
      : [
          {
            names: namesWhere((nodeType) => nodeType === 'university'),
            replacementOf: (number: number) => say('share:university', { number }),
          },
        ]),
  ]);
}

/** Passes every text through `rename` in reading order, which numbers the names. */
export function renamePage(page: PrintedPage, rename: NameReplacer): PrintedPage {
  return {
    ...page,
    title: rename(page.title),
    about: rename(page.about),
    author: rename(page.author),
    sections: page.sections.map(({ heading, note, items, chart, network, table }) => ({
      heading: rename(heading),
      note: rename(note),
      ...(chart && {
        chart: { ...chart, bars: chart.bars.map((bar) => ({ ...bar, label: rename(bar.label) })) },
      }),
      ...(network && {
        network: {
          heading: rename(network.heading),
          drawing: {
            ...network.drawing,
            nodes: network.drawing.nodes.map((node) => ({ ...node, name: rename(node.name) })),
          },
        },
      }),
      ...(table && {
        table: {
          ...table,
          columns: table.columns.map(rename),
          rows: table.rows.map((row) => row.map(rename)),
        },
      }),
      items: items.map((item) => ({
        ...item,
        title: rename(item.title),
        about: rename(item.about),
        value: rename(item.value),
        lines: item.lines.map(rename),
      })),
    })),
    facts: page.facts.map(rename),
  };
}

/** The HTML of the shared page, without the parts and names that were left out. */
export async function buildSharedFile(
  { createPage }: ShareRequest,
  included: IncludedParts,
  rename: NameReplacer,
): Promise<string> {
  const { page, picture } = await createPage(included, rename);
  return sharedPage(renamePage(page, rename), picture);
}
