import { useState } from 'react';
import type { InsightsView } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { Answer, Question } from '#shared/contract/analysis.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { say } from '../../i18n/setup.ts';
import { useActor, useWorkspace } from '../../stores/profile.ts';
import { queries } from '../../stores/queries.ts';
import { inPlay, openSandbox } from '../../stores/target.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { localDay } from '../../text/local-day.ts';
import { saveMade } from '../../ui/save-made.ts';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';
import { askToShare } from '../share/ShareForm.tsx';
import { neighbourhoodOf } from './evidence-network.ts';
import { evidencePage } from './evidence-page.ts';
import { answerQuery, ask, mostLive, whoOf } from './useAnswer.ts';
import { useNaming } from './useNaming.ts';

/** All seven answers about the same records, one after the other, from the cache if possible. */
async function askAll(
  asked: Pick<InsightsView, 'who' | 'university'>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<[Answer, ...Answer[]]> {
  for (;;) {
    const answers: Answer[] = [];
    for (const question of questions.options)
      answers.push(await ask({ ...asked, question }, onProgress, signal));
    // After a write in between they are about different records.
    if (new Set(answers.map(({ head }) => head.hash)).size === 1) return answers as [Answer, ...Answer[]];
  }
}

/** In a sandbox: live's answers, if available. */
async function askLive(
  asked: Pick<InsightsView, 'who' | 'university'>,
  of: readonly Question[],
  naming: boolean,
): Promise<ReadonlyMap<Question, Answer>> {
  const live = new Map<Question, Answer>();
  if (!inPlay()) return live;
  for (const question of of) {
    if (question === 'changes') continue;
    const query = { question, ...whoOf(asked, naming), university: asked.university } as const;
    live.set(question, await queries.fetchQuery(answerQuery({ ...query, of: 'live', limit: mostLive })));
  }
  return live;
}

/** People named in the answer, including deleted ones. */
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
  /** The subject of the page: the workspace, or a part of it. */
  const subject = [
    workspace,
    ...(sandbox ? [say('frame:play', { name: nameOf(sandbox) })] : []),
    ...(university === '' ? [] : [say('insights:only', { name: only ?? university })]),
  ].join(' · ');
  const [making, setMaking] = useState<{ progress: Progress | null; cancel: () => void } | null>(null);

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
      const asked = answers.map((one) => one.question);
      const live = await askLive({ who, university }, asked, naming);
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
