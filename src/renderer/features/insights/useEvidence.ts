import { useState } from 'react';
import type { InsightsView } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { Answer, Question, Insight } from '#shared/contract/analysis.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { Network } from '#shared/contract/network.ts';
import type { PrintedNetwork } from '#shared/shell/print.ts';
import { say } from '../../i18n/setup.ts';
import { useActor, useWorkspace } from '../../stores/profile.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { inPlay, openSandbox } from '../../stores/target.ts';
import type { Pending } from '../../stores/useStream.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { localDay } from '../../text/local-day.ts';
import { saveMade } from '../../ui/save-made.ts';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';
import { askToShare } from '../share/ShareForm.tsx';
import { evidencePage } from './evidence-page.ts';
import { answerQuery, askQuestion, mostLive, useNaming, whoOf } from './useAnswer.ts';
import { titleOr } from '../../text/names.ts';

/** The most drawn nodes; those with the most links come first. */
const most = 25;

/** The central node: the item itself, an end of its link, or one of several. */
async function centreOf({ id, ids, type, records }: Insight): Promise<string | undefined> {
  if (id !== undefined && type === 'interface') {
    const queryKey = queryKeys.record(id);
    const link = await queryClient.fetchQuery(queryFor('entities.find', { id }, queryKey));
    const from = link?.payload['from'];
    return typeof from === 'string' ? from : undefined;
  }
  const isNode = type !== null && nodeType.safeParse(type).success;
  if (id !== undefined && isNode) return id;
  return ids?.[0] ?? records.find((record) => nodeType.safeParse(record.type).success)?.id;
}

/** The drawing of a network with the item marked: its nodes, or its link and ends. */
export function drawingOf({ nodes, edges }: Network, { id, ids = [] }: Insight): PrintedNetwork {
  const item = new Set([...(id === undefined ? [] : [id]), ...ids]);
  const ends = edges.id.flatMap((edge, at) => (item.has(edge) ? [edges.from[at], edges.to[at]] : []));
  const all = nodes.id.map((node, at) => ({
    at,
    title: titleOr(nodes.title[at] ?? '', nodes.type[at] ?? ''),
    isChosen: item.has(node) || ends.includes(at),
  }));
  const ordered = all.toSorted(
    (a, b) => Number(b.isChosen) - Number(a.isChosen) || (a.title < b.title ? -1 : 1),
  );
  const places = new Map(ordered.map(({ at }, place) => [at, place]));
  return {
    nodes: ordered.map(({ at, title, isChosen }) => {
      const [x, y] = [nodes.x[at], nodes.y[at]];
      return { name: title, isChosen, at: x == null || y == null ? null : { x, y } };
    }),
    links: edges.id.flatMap((edge, at) => {
      const [from, to] = [places.get(edges.from[at] ?? -1), places.get(edges.to[at] ?? -1)];
      if (from === undefined || to === undefined) return [];
      const isOfItem = [edges.from[at], edges.to[at]].some((end) => item.has(nodes.id[end ?? -1] ?? ''));
      return [{ from, to, loss: edges.loss[at] ?? null, isChosen: item.has(edge) || isOfItem }];
    }),
  };
}

/** The item with its neighbours as a drawing; null if it is in no network, such as after deletion. */
async function neighbourhoodOf(item: Insight | undefined): Promise<PrintedNetwork | null> {
  if (!item) return null;
  try {
    const centre = await centreOf(item);
    if (centre === undefined) return null;
    const input = { id: centre, depth: 1, limit: most, references: item.type === 'student' };
    const network = await queryClient.fetchQuery(queryFor('network.around', input));
    return drawingOf(network, item);
  } catch {
    return null;
  }
}

/** All seven answers about the same records, one after the other, from the cache if possible. */
async function askAll(
  input: Pick<InsightsView, 'who' | 'university'>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<[Answer, ...Answer[]]> {
  for (;;) {
    const answers: Answer[] = [];
    for (const question of questions.options)
      answers.push(await askQuestion({ ...input, question }, onProgress, signal));
    // After a write in between they are about different records.
    if (new Set(answers.map(({ head }) => head.hash)).size === 1) return answers as [Answer, ...Answer[]];
  }
}

/** In a sandbox: live's answers, if available. */
async function askLive(
  input: Pick<InsightsView, 'who' | 'university'>,
  of: readonly Question[],
  naming: boolean,
): Promise<ReadonlyMap<Question, Answer>> {
  const live = new Map<Question, Answer>();
  if (!inPlay()) return live;
  for (const question of of) {
    if (question === 'changes') continue;
    const query = { question, ...whoOf(input, naming), university: input.university } as const;
    live.set(question, await queryClient.fetchQuery(answerQuery({ ...query, of: 'live', limit: mostLive })));
  }
  return live;
}

const peopleIn = ({ items }: Answer): string[] =>
  items
    .flatMap((item) => [item, ...item.records])
    .flatMap(({ type, title }) => (type === 'student' || type === 'faculty' ? [title] : []));

/** Saves the shown answer, or all seven, as a one-page PDF; or the answer as an HTML page. */
export function useEvidence({ question, who, university }: InsightsView, answer: Answer | undefined) {
  const workspace = useWorkspace().data?.name ?? '';
  const author = useActor()?.name ?? '';
  const naming = useNaming();
  const { data: sandboxes } = useSandboxes();
  const sandbox = sandboxes?.find(({ id }) => id === openSandbox());
  const only = useUniversityNames().get(university);
  const subject = [
    workspace,
    ...(sandbox ? [say('frame:play', { name: nameOf(sandbox) })] : []),
    ...(university === '' ? [] : [say('insights:only', { name: only ?? university })]),
  ].join(' · ');
  const [making, setMaking] = useState<Pending | null>(null);

  const save = async (scope: 'one' | 'all'): Promise<void> => {
    if (!answer) return;
    const suggested = `frames-${scope === 'one' ? question : 'insights'}-${localDay(new Date())}.pdf`;
    const aborter = new AbortController();
    const cancel = (): void => aborter.abort();
    const make = async () => {
      setMaking({ progress: null, cancel });
      const answers: [Answer, ...Answer[]] =
        scope === 'one'
          ? [answer]
          : await askAll({ who, university }, (progress) => setMaking({ progress, cancel }), aborter.signal);
      const input = answers.map((one) => one.question);
      const live = await askLive({ who, university }, input, naming);
      const network = scope === 'one' ? await neighbourhoodOf(answer.items[0]) : null;
      const details = { author, network, live, withRepairs: true, isWhole: false };
      return { kind: 'page' as const, page: evidencePage(subject, answers, details) };
    };
    await saveMade({ suggested, make, failed: say('insights:evidence.failed') }).finally(() =>
      setMaking(null),
    );
  };

  const share = (): void => {
    if (!answer) return;
    askToShare({
      suggested: `frames-${question}-${localDay(new Date())}.html`,
      parts: ['people', 'universities', 'repairs', 'network'],
      people: [author, ...peopleIn(answer)],
      make: async (kept) => {
        const live = await askLive({ who, university }, [question], naming);
        const network = kept.network ? await neighbourhoodOf(answer.items[0]) : null;
        const shown = { author: kept.people ? author : '', withRepairs: kept.repairs, isWhole: true };
        return { page: evidencePage(subject, [answer], { ...shown, network, live }) };
      },
    });
  };
  return { making, save, share };
}
