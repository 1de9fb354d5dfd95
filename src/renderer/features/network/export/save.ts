import { useCallback } from 'react';
import type { FileContent } from '#shared/shell/files.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { useTexts, i18n, say } from '../../../i18n/setup.ts';
import { useWorkspace, useActor } from '../../../stores/profile.ts';
import { localDay } from '../../../text/local-day.ts';
import { displayTitle, typeName } from '../../../text/names.ts';
import { saveContent } from '../../../ui/save-content.ts';
import { variableStyle } from '../look/appearance.ts';
import type { Look } from '../look/appearance.ts';
import type { Model } from '../model/model.ts';
import type { Scene } from '../stage/useScene.ts';
import type { Picture, PictureTexts } from './picture.ts';
import type { PrintedPage } from '#shared/shell/print.ts';
import { exactTime } from '../../../text/time.ts';
import { numberText } from '../../../text/values.ts';
import { api } from '../../../api/client.ts';
import { useShareCommand } from '../../share/commands.tsx';
import { askToShare } from '../../share/ShareForm.tsx';

/** Bytes for a call of `String.fromCharCode`, which takes a limited number of arguments. */
const chunkSize = 0x8000;

function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += chunkSize)
    text += String.fromCharCode(...bytes.subarray(start, start + chunkSize));
  return btoa(text);
}

interface Options {
  view: NetworkView;
  colour: string;
  model: Model;
  look: Look;
  scene: Scene | null;
  counts: string;
}

/** Returns a function that draws the stage in the colours of `look`, or returns null without a stage. It loads the export code on use. */
export function useDrawPicture({ view, colour, model, scene, counts }: Omit<Options, 'look'>) {
  const { t } = useTexts('network');
  const workspace = useWorkspace().data?.name ?? t('compare:as.network');
  return useCallback(
    async (look: Look, texts: Partial<PictureTexts> = {}): Promise<Picture | null> => {
      if (!scene) return null;
      const { pictureOf } = await import('./picture.ts');
      const centre = view.focus === '' ? undefined : model.nodes.get(view.focus);
      const title = centre
        ? t('around', { title: displayTitle(centre.title, centre.type) })
        : t('compare:as.network');
      return pictureOf(scene.stage, model, look, { workspace, title, counts, colour, ...texts });
    },
    [scene, model, colour, workspace, view.focus, t, counts],
  );
}

export function useSavePicture({ look, ...options }: Options) {
  const { t } = useTexts('network');
  const draw = useDrawPicture(options);
  return useCallback(
    async (format: 'png' | 'svg'): Promise<void> => {
      const suggested = `frames-network-${localDay(new Date())}.${format}`;
      const picture = await draw(look);
      if (!picture) return;
      const createContent = async (): Promise<FileContent> => {
        const { pngOf, svgOf } = await import('./svg.ts');
        return format === 'png'
          ? { kind: 'bytes', base64: encodeBase64(await pngOf(picture)) }
          : { kind: 'text', text: svgOf(picture) };
      };
      await saveContent({ suggested, createContent, failureTitle: t('exportFailed') });
    },
    [draw, look, t],
  );
}

/** The maximum number of records listed below the picture; those with the most links come first. */
const maxRows = 500;

const noRecordsDate = '2000-01-01T00:00:00.000Z';

interface ShareOptions {
  model: Model;
  makePageLook: () => Look;
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

export function useShareNetwork({ model, makePageLook, draw, counts, isDrawn }: ShareOptions): void {
  const workspace = useWorkspace().data?.name ?? '';
  const author = useActor()?.name ?? '';
  const share = (): void =>
    askToShare({
      suggested: `frames-network-${localDay(new Date())}.html`,
      parts: ['people', 'universities'],
      people: [author],
      createPage: async (includes, rename) => {
        const { svgOf } = await import('./svg.ts');
        const picture = await draw(makePageLook(), { rename, when: '' });
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
          at: head.at ?? noRecordsDate,
        };
        const svg = picture && svgOf({ ...picture, title: '', subtitle: '' });
        if (!svg) return { page };
        const style = `<style>${variableStyle(svg, '.picture')}</style>`;
        // The namespace is implied in HTML, and a shared page must not contain any web address.
        return { page, picture: svg.replace(/ xmlns="[^"]*"/, '') + style };
      },
    });
  useShareCommand(isDrawn ? share : undefined);
}
