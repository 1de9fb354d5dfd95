import { useState } from 'react';
import type { InsightsView } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { Answer } from '#shared/contract/analysis.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { say } from '../../i18n/setup.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { openSandbox } from '../../stores/target.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { localDay } from '../../text/local-day.ts';
import { saveMade } from '../../ui/save-made.ts';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';
import { evidencePage } from './evidence-page.ts';
import { ask } from './useAnswer.ts';

/** All seven answers about the same records, one after the other; each is there at once where it was asked before. */
async function askAll(
  asked: Pick<InsightsView, 'who' | 'university'>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<[Answer, ...Answer[]]> {
  for (;;) {
    const answers: Answer[] = [];
    for (const question of questions.options)
      answers.push(await ask({ ...asked, question }, onProgress, signal));
    // Where somebody wrote meanwhile, they are not of the same records.
    if (new Set(answers.map(({ head }) => head.hash)).size === 1) return answers as [Answer, ...Answer[]];
  }
}

/** Saves the answer that is shown, or those to all seven questions, as a PDF of one page. */
export function useEvidence({ question, who, university }: InsightsView, answer: Answer | undefined) {
  const workspace = useWorkspace().data?.name ?? '';
  const { data: sandboxes } = useSandboxes();
  const sandbox = sandboxes?.find(({ id }) => id === openSandbox());
  const only = useUniversityNames().get(university);
  /** What the page is about: the workspace, or what of it. */
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
      return { kind: 'page' as const, page: evidencePage(subject, answers) };
    };
    await saveMade({ suggested, make, failed: say('insights:evidence.failed') }).finally(() =>
      setMaking(null),
    );
  };
  return { making, save };
}
