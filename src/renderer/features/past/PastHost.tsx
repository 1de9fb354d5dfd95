import {
  IconArrowBackUp,
  IconArrowsDiff,
  IconFlag,
  IconFlagPlus,
  IconHistory,
  IconPlayerTrackNext,
} from '@tabler/icons-react';
import type { Say } from '../../i18n/texts.ts';
import { useEffect, useMemo } from 'react';
import type { Moment } from '#shared/contract/moments.ts';
import { maySetBack } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { requestedRestore, useOpenMoment } from '../../stores/moments.ts';
import { useActor, whyNothing } from '../../stores/profile.ts';
import { inPast } from '../../stores/target.ts';
import { permissionText } from '../../text/faults.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { turnToMoment, turnToNow } from '../workspace/turn.ts';
import { goToCheckpoint, showCheckpoints } from './checkpoints.tsx';
import { nameMoment } from './name-moment.ts';
import { restoreTo } from './restore/RestoreForm.tsx';
import { reportRestored } from './restore/report.ts';
import { useCheckpoints } from '../../stores/checkpoints.ts';
import type { Checkpoint } from './useMoments.ts';

const most = 10_000;

type Texts = Say<'past'>;

/** Opens the newest change, from where the slider goes back. */
async function enter(): Promise<void> {
  try {
    const { id } = await api.moments.resolve({ at: 'now' });
    await turnToMoment(id);
  } catch (error) {
    reportError(error);
  }
}

function whyNotAll(actor: Actor | undefined): string | null {
  const verdict = actor && maySetBack(actor);
  return verdict?.allowed === false ? permissionText(verdict.rule) : null;
}

function ways(t: Texts, moment: Moment | null, actor: Actor | undefined): Command[] {
  if (!inPast())
    return [{ id: 'past.enter', group: 'data', label: t('enter'), icon: IconHistory, run: enter }];
  return [
    {
      id: 'past.back',
      group: 'data',
      label: t('back'),
      icon: IconPlayerTrackNext,
      run: () => turnToNow(),
    },
    {
      id: 'past.restore',
      group: 'data',
      label: t('bar.all'),
      icon: IconArrowBackUp,
      ...unlessRefused(whyNotAll(actor), moment !== null),
      run: () => moment && restoreTo(moment, null),
    },
  ];
}

function naming(t: Texts, moment: Moment | null, actor: Actor | undefined, all: readonly Checkpoint[]) {
  const from = moment ? String(moment.id) : (all.find(({ lost }) => !lost)?.id ?? 'first');
  return [
    {
      id: 'past.name',
      group: 'data',
      label: t('checkpoint.name'),
      icon: IconFlagPlus,
      ...unlessRefused(whyNothing(actor)),
      run: () => nameMoment(moment),
    },
    {
      id: 'past.checkpoints',
      group: 'data',
      label: `${t('bar.checkpoints')}…`,
      icon: IconFlag,
      run: showCheckpoints,
    },
    {
      id: 'past.compare',
      group: 'data',
      label: t('compare.command'),
      icon: IconArrowsDiff,
      run: () => navigate({ kind: 'moments', from, to: 'now' }),
    },
    ...all
      .filter(({ lost }) => !lost)
      .map((one): Command => ({
        id: `past.to.${one.id}`,
        group: 'data',
        menu: false,
        label: t('checkpoint.goCommand', { name: one.name }),
        icon: IconFlag,
        run: () => goToCheckpoint(one),
      })),
  ] satisfies Command[];
}

function useQuestionsAtMoment(moment: Moment | null): void {
  const ids = requestedRestore((state) => state.ids);
  useEffect(() => {
    if (!ids || !moment) return;
    requestedRestore.setState({ ids: null });
    if (ids.length > most) notice({ id: 'past', title: say('past:restore.tooMany') });
    else if (ids.length > 0) restoreTo(moment, ids);
  }, [ids, moment]);
}

export default function PastHost() {
  const { t } = useTexts('past');
  const actor = useActor();
  const moment = useOpenMoment().data?.moment ?? null;
  const checkpoints = useCheckpoints().data;
  useQuestionsAtMoment(moment);
  useEffect(() => {
    if (!inPast()) reportRestored();
  }, []);
  useCommands(
    useMemo(
      () => [...ways(t, moment, actor), ...naming(t, moment, actor, checkpoints ?? [])],
      [t, moment, actor, checkpoints],
    ),
  );
  return null;
}
