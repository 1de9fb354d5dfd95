import type { PrintedPage } from '#shared/shell/print.ts';
import { i18n, say } from '../../../i18n/setup.ts';
import { useActor, useWorkspace } from '../../../stores/profile.ts';
import { localDay } from '../../../text/local-day.ts';
import { exactTime } from '../../../text/time.ts';
import { displayTitle, typeName } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { api } from '../../../api/client.ts';
import { useShareCommand } from '../../share/commands.tsx';
import { askToShare } from '../../share/ShareForm.tsx';
import type { Look } from '../look/appearance.ts';
import type { Model } from '../model/model.ts';
import type { useDrawPicture } from './save.ts';

/** The maximum number of records listed below the picture; those with the most links come first. */
const maxRows = 500;

interface Options {
  model: Model;
  makeLightLook: () => Look;
  draw: ReturnType<typeof useDrawPicture>;
  counts: string;
  isDrawn: boolean;
}

function recordTable({ nodes, titles }: Model): { columns: string[]; rows: string[][]; total: number } {
  const records = [...nodes.values()].filter(({ members }) => members === undefined);
  const sortedRecords = records.toSorted((a, b) => b.links - a.links || (a.title < b.title ? -1 : 1));
  return {
    total: records.length,
    columns: [say('share:name'), say('share:type'), typeName('university'), say('share:links')],
    rows: sortedRecords
      .slice(0, maxRows)
      .map(({ title, type, university, links }) => [
        displayTitle(title, type),
        typeName(type),
        (university === null ? undefined : titles.get(university)) ?? '',
        numberText(links),
      ]),
  };
}

export function useShareNetwork({ model, makeLightLook, draw, counts, isDrawn }: Options): void {
  const workspace = useWorkspace().data?.name ?? '';
  const author = useActor()?.name ?? '';
  const share = (): void =>
    askToShare({
      suggested: `frames-network-${localDay(new Date())}.html`,
      parts: ['people', 'universities'],
      people: [author],
      createPage: async (includes, rename) => {
        const { svgOf } = await import('./svg.ts');
        const picture = await draw(makeLightLook(), { rename, when: '' });
        const { head } = await api.analysis.universities({});
        const { columns, rows, total } = recordTable(model);
        const rowCounts = { shown: numberText(rows.length), all: numberText(total) };
        const page: PrintedPage = {
          language: i18n.language,
          title: say('compare:as.network'),
          about: [workspace, counts].join(' · '),
          author: author === '' || !includes.people ? '' : say('frame:print.by', { name: author }),
          sections: [
            {
              heading: say('common:records'),
              note: rows.length < total ? say('grid:some', rowCounts) : '',
              items: [],
              table: { words: 3, columns, rows },
            },
          ],
          facts: head.at === null ? [] : [say('share:asOf', { when: exactTime(head.at) })],
          at: head.at ?? '2000-01-01T00:00:00.000Z',
        };
        const svg = picture && svgOf({ ...picture, title: '', subtitle: '' });
        // The namespace is implied in HTML, and a shared page must not contain any web address.
        return svg ? { page, picture: svg.replace(/ xmlns="[^"]*"/, '') } : { page };
      },
    });
  useShareCommand(isDrawn ? share : undefined);
}
