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
import { inSandbox, pageSandbox } from '../../stores/target.ts';
import type { Pending } from '../../stores/useStream.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { localDay } from '../../text/local-day.ts';
import { saveContent } from '../../ui/save-content.ts';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';
import { askToShare } from '../share/ShareForm.tsx';
import { evidencePage } from './evidence-page.ts';
import { answerQuery, askQuestion, maxRankedItems, useNamesPeople, whoOf } from './useAnswer.ts';
import { displayTitle } from '../../text/names.ts';

/** The maximum number of drawn nodes; those with the most links come first. */
const maxNodes = 25;

/** The central node: the item, the source of its link, or its first related record; undefined if there is none. */
async function centreOf({ id, ids, type, records }: Insight): Promise<string | undefined> {
  if (type === 'interface') {
    const linkId = id ?? ids?.[0] ?? '';
    const queryKey = queryKeys.record(linkId);
    const link = await queryClient.fetchQuery(queryFor('entities.find', { id: linkId }, queryKey));
    const from = link?.payload['from'];
    return typeof from === 'string' ? from : undefined;
  }
  const isNode = type !== null && nodeType.safeParse(type).success;
  if (id !== undefined && isNode) return id;
  return ids?.[0] ?? records.find((record) => nodeType.safeParse(record.type).success)?.id;
}

/** The drawing of a network with the item marked: its nodes, or its link and ends. */
export function drawingOf({ nodes, edges }: Network, { id, ids = [] }: Insight): PrintedNetwork {
  const itemIds = new Set([...(id === undefined ? [] : [id]), ...ids]);
  const ends = edges.id.flatMap((edge, edgeIndex) =>
    itemIds.has(edge) ? [edges.from[edgeIndex], edges.to[edgeIndex]] : [],
  );
  const markedNodes = nodes.id.map((node, index) => ({
    index,
    title: displayTitle(nodes.title[index] ?? '', nodes.type[index] ?? ''),
    isChosen: itemIds.has(node) || ends.includes(index),
  }));
  const sortedNodes = markedNodes.toSorted(
    (a, b) => Number(b.isChosen) - Number(a.isChosen) || (a.title < b.title ? -1 : 1),
  );
  const newIndexOf = new Map(sortedNodes.map(({ index }, newIndex) => [index, newIndex]));
  return {
    nodes: sortedNodes.map(({ index, title, isChosen }) => {
      const [x, y] = [nodes.x[index], nodes.y[index]];
      return { name: title, isChosen, at: x == null || y == null ? null : { x, y } };
    }),
    links: edges.id.flatMap((edge, edgeIndex) => {
      const [from, to] = [
        newIndexOf.get(edges.from[edgeIndex] ?? -1),
        newIndexOf.get(edges.to[edgeIndex] ?? -1),
      ];
      if (from === undefined || to === undefined) return [];
      const touchesItem = [edges.from[edgeIndex], edges.to[edgeIndex]].some((end) =>
        itemIds.has(nodes.id[end ?? -1] ?? ''),
      );
      return [{ from, to, loss: edges.loss[edgeIndex] ?? null, isChosen: itemIds.has(edge) || touchesItem }];
    }),
  };
}

/** The item with its neighbours as a drawing; null if there is no item or its network cannot be read. */
async function neighbourhoodOf(item: Insight | undefined): Promise<PrintedNetwork | null> {
  if (!item) return null;
  try {
    const centre = await centreOf(item);
    if (centre === undefined) return null;
    const input = { id: centre, depth: 1, limit: maxNodes, references: item.type === 'student' };
    const network = await queryClient.fetchQuery(queryFor('network.neighbourhood', input));
    return drawingOf(network, item);
  } catch {
    return null;
  }
}

/** All answers about the same records, requested one after the other. */
async function askAll(
  input: Pick<InsightsView, 'who' | 'university'>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<[Answer, ...Answer[]]> {
  for (;;) {
    const answers: Answer[] = [];
    for (const question of questions.options)
      answers.push(await askQuestion({ ...input, question }, onProgress, signal));
    // A write in between changes the head, so all are requested again.
    if (new Set(answers.map(({ head }) => head.hash)).size === 1) return answers as [Answer, ...Answer[]];
  }
}

/** The answers of live to compare with, without `changes`; empty outside a sandbox. */
async function askLive(
  input: Pick<InsightsView, 'who' | 'university'>,
  comparedQuestions: readonly Question[],
  namesPeople: boolean,
): Promise<ReadonlyMap<Question, Answer>> {
  const liveAnswers = new Map<Question, Answer>();
  if (!inSandbox()) return liveAnswers;
  for (const question of comparedQuestions) {
    if (question === 'changes') continue;
    const query = { question, ...whoOf(input, namesPeople), university: input.university } as const;
    liveAnswers.set(
      question,
      await queryClient.fetchQuery(answerQuery({ ...query, of: 'live', limit: maxRankedItems })),
    );
  }
  return liveAnswers;
}

const peopleIn = ({ items }: Answer): string[] =>
  items
    .flatMap((item) => [item, ...item.records])
    .flatMap(({ type, title }) => (type === 'student' || type === 'faculty' ? [title] : []));

/** Functions that save the shown answer or all as a one-page PDF, and share the shown answer as an HTML page. */
export function useEvidence({ question, who, university }: InsightsView, answer: Answer | undefined) {
  const workspace = useWorkspace().data?.name ?? '';
  const author = useActor()?.name ?? '';
  const namesPeople = useNamesPeople();
  const { data: sandboxes } = useSandboxes();
  const sandbox = sandboxes?.find(({ id }) => id === pageSandbox());
  const universityName = useUniversityNames().get(university);
  const subject = [
    workspace,
    ...(sandbox ? [say('frame:play', { name: nameOf(sandbox) })] : []),
    ...(university === '' ? [] : [say('insights:only', { name: universityName ?? university })]),
  ].join(' · ');
  const [pendingExport, setPendingExport] = useState<Pending | null>(null);

  const save = async (scope: 'one' | 'all'): Promise<void> => {
    if (!answer) return;
    const suggested = `frames-${scope === 'one' ? question : 'insights'}-${localDay(new Date())}.pdf`;
    const aborter = new AbortController();
    const cancel = (): void => aborter.abort();
    const createPage = async () => {
      setPendingExport({ progress: null, cancel });
      const answers: [Answer, ...Answer[]] =
        scope === 'one'
          ? [answer]
          : await askAll(
              { who, university },
              (progress) => setPendingExport({ progress, cancel }),
              aborter.signal,
            );
      const questionKeys = answers.map((result) => result.question);
      const liveAnswers = await askLive({ who, university }, questionKeys, namesPeople);
      const network = scope === 'one' ? await neighbourhoodOf(answer.items[0]) : null;
      const details = { author, network, liveAnswers, hasRepairs: true, isComplete: false };
      return { kind: 'page' as const, page: evidencePage(subject, answers, details) };
    };
    await saveContent({
      suggested,
      createContent: createPage,
      failureTitle: say('insights:evidence.failed'),
    }).finally(() => setPendingExport(null));
  };

  const share = (): void => {
    if (!answer) return;
    askToShare({
      suggested: `frames-${question}-${localDay(new Date())}.html`,
      parts: ['people', 'universities', 'repairs', 'network'],
      people: [author, ...peopleIn(answer)],
      createPage: async (includes) => {
        const liveAnswers = await askLive({ who, university }, [question], namesPeople);
        const network = includes.network ? await neighbourhoodOf(answer.items[0]) : null;
        const options = {
          author: includes.people ? author : '',
          hasRepairs: includes.repairs,
          isComplete: true,
        };
        return { page: evidencePage(subject, [answer], { ...options, network, liveAnswers }) };
      },
    });
  };
  return { pendingExport, save, share };
}
