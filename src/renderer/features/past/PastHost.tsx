import {
  IconArrowBackUp,
  IconArrowsDiff,
  IconFlag,
  IconFlagPlus,
  IconHistory,
  IconPlayerTrackNext,
} from '@tabler/icons-react';
import type { Say } from '../../i18n/texts.ts';
import { useEffect } from 'react';
import type { Moment } from '#shared/contract/moments.ts';
import { pointRestoreVerdict } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import type { Command } from '../../commands/command.ts';
import { commandFactory, enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useRestoreRequest, useOpenPoint } from '../../stores/open-point.ts';
import { useActor, writeRefusal } from '../../stores/profile.ts';
import { inPast } from '../../stores/target.ts';
import { denialText } from '../../text/faults.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { switchToPoint, switchToNow } from '../workspace/switch-target.ts';
import { goToCheckpoint, showCheckpoints, askForCheckpoint } from './checkpoints.tsx';
import { restoreTo, showRestoreReport } from './restore/RestoreForm.tsx';
import { useCheckpoints } from '../../stores/checkpoints.ts';
import type { Checkpoint } from './useMoments.ts';

const maxRestoredRecords = 10_000;

type Translate = Say<'past'>;

/** Opens the newest point in time, from which the slider moves back. */
async function enterPast(): Promise<void> {
  try {
    const { id } = await api.moments.resolve({ at: 'now' });
    await switchToPoint(id);
  } catch (error) {
    reportError(error);
  }
}

const restoreRefusal = (actor: Actor | undefined): string | null =>
  denialText(actor && pointRestoreVerdict(actor));

const pastCommand = commandFactory('data', 'past');

function travelCommands(t: Translate, moment: Moment | null, actor: Actor | undefined): Command[] {
  if (!inPast()) return [pastCommand('enter', t('enter'), { icon: IconHistory, run: enterPast })];
  return [
    pastCommand('back', t('back'), {
      icon: IconPlayerTrackNext,
      run: () => switchToNow(),
    }),
    pastCommand('restore', t('bar.all'), {
      icon: IconArrowBackUp,
      ...enabledUnless(restoreRefusal(actor), moment !== null),
      run: () => moment && restoreTo(moment, null),
    }),
  ];
}

function checkpointCommands(
  t: Translate,
  moment: Moment | null,
  actor: Actor | undefined,
  checkpoints: readonly Checkpoint[],
): Command[] {
  const comparedFrom = moment ? String(moment.id) : (checkpoints.find(({ lost }) => !lost)?.id ?? 'first');
  return [
    pastCommand('name', t('checkpoint.name'), {
      icon: IconFlagPlus,
      ...enabledUnless(writeRefusal(actor)),
      run: () => askForCheckpoint(moment),
    }),
    pastCommand('checkpoints', `${t('bar.checkpoints')}…`, {
      icon: IconFlag,
      run: showCheckpoints,
    }),
    pastCommand('compare', t('compare.command'), {
      icon: IconArrowsDiff,
      run: () => navigate({ kind: 'moments', from: comparedFrom, to: 'now' }),
    }),
    ...checkpoints
      .filter(({ lost }) => !lost)
      .map((checkpoint) =>
        pastCommand(`to.${checkpoint.id}`, t('checkpoint.goCommand', { name: checkpoint.name }), {
          menu: false,
          icon: IconFlag,
          run: () => goToCheckpoint(checkpoint),
        }),
      ),
  ];
}

function useRequestedRestore(moment: Moment | null): void {
  const ids = useRestoreRequest((state) => state.ids);
  useEffect(() => {
    if (!ids || !moment) return;
    useRestoreRequest.setState({ ids: null });
    if (ids.length > maxRestoredRecords) notice({ id: 'past', title: say('past:restore.tooMany') });
    else if (ids.length > 0) restoreTo(moment, ids);
  }, [ids, moment]);
}

export default function PastHost() {
  const { t } = useTexts('past');
  const actor = useActor();
  const moment = useOpenPoint().data?.moment ?? null;
  const checkpoints = useCheckpoints().data;
  useRequestedRestore(moment);
  useEffect(() => {
    if (!inPast()) showRestoreReport();
  }, []);
  useCommands(
    () => [...travelCommands(t, moment, actor), ...checkpointCommands(t, moment, actor, checkpoints ?? [])],
    [t, moment, actor, checkpoints],
  );
  return null;
}
