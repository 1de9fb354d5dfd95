import { Radio } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Carried, Comparison } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { isCancelled } from '../../../api/failures.ts';
import { say } from '../../../i18n/setup.ts';
import { queries } from '../../../stores/queries.ts';
import { undoable } from '../../../stores/undo.ts';
import { describeError } from '../../../text/faults.ts';
import { failureText } from '../../../text/refusal.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { notice } from '../../../ui/notices.tsx';
import { FormEnd } from '../../../ui/FormEnd.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { useEnding } from '../../../ui/useEnding.ts';
import { carry, chosenAlike } from './carry.ts';
import type { Direction } from './carry.ts';
import { CarriedLines } from './CarriedLines.tsx';
import { CarryProblems } from './CarryProblems.tsx';
import type { Choices } from './choices.ts';
import { ConflictLines } from './ConflictLines.tsx';
import { useConflicts } from './useComparison.ts';

/** Shows what carrying over would do, and does it when somebody says so. */
export function carryOver(direction: Direction, comparison: Comparison, choices: Choices): void {
  const { name } = comparison.sandbox;
  openDialog({ title: say(`compare:${direction}.title`, { name }), size: 520 }, (close) => (
    <CarryForm direction={direction} comparison={comparison} choices={choices} onDone={close} />
  ));
}

interface Props {
  direction: Direction;
  comparison: Comparison;
  choices: Choices;
  onDone: () => void;
}

type Rest = 'ask' | 'play' | 'live';

/** What carrying over would do, of what was chosen for that. */
interface Shown {
  rest: Rest;
  chosen: Choices;
  carried: Carried | null;
}

const isOvertaken = (error: unknown): boolean => describeError(error).code === 'MOVED_ON';

const failureOf = (error: unknown): string => {
  if (!isOvertaken(error)) return failureText(error);
  const { title, detail } = describeError(error);
  return `${detail ?? `${title}.`} ${say('compare:lookAgain')}`;
};

/** Says what was done, with the way back. */
function told(direction: Direction, done: Carried, name: string): void {
  const { op_id, backup } = done;
  const title = say(`compare:${direction}.${op_id === null ? 'nothing' : 'done'}`, {
    count: done.count,
    name,
  });
  notice({
    ...undoable(op_id),
    title,
    ...(backup === null ? {} : { more: say('compare:backedUp') }),
  });
}

/** One call at a time: the preview, or the carrying over itself. */
function useCarrying({ direction, comparison, choices, onDone }: Props, rest: Rest) {
  const [shown, setShown] = useState<Shown | null>(null);
  // What was shown of another choice is none of this one.
  const preview = shown?.rest === rest ? shown.carried : null;
  const chosen = shown?.rest === rest ? shown.chosen : choices;
  const [failure, setFailure] = useState<string | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState(false);
  /** Somebody was faster: nothing can be done of what was shown. */
  const [overtaken, setOvertaken] = useState(false);
  const ending = useEnding();
  const given = { direction, comparison, conflicts: rest };

  useEffect(() => {
    const asking = new AbortController();
    const { signal } = asking;
    const look = async (): Promise<Shown> => {
      const asked = { direction, comparison, conflicts: rest, signal };
      const alike = await chosenAlike({ ...asked, choices });
      return {
        rest,
        chosen: alike,
        carried: await carry({ ...asked, choices: alike, dry: true, tell: () => {} }),
      };
    };
    look()
      .then((found) => {
        const { carried } = found;
        setShown(found);
        setFailure(carried === null ? say('compare:promote.none') : null);
      })
      .catch((error: unknown) => {
        if (!isCancelled(error)) setFailure(failureOf(error));
      });
    return () => asking.abort();
  }, [direction, comparison, choices, rest]);

  const go = async (): Promise<void> => {
    const signal = ending.begin();
    setRunning(true);
    setFailure(null);
    try {
      const done = await carry({ ...given, choices: chosen, dry: false, tell: setProgress, signal });
      onDone();
      if (done) told(direction, done, comparison.sandbox.name);
      await queries.invalidateQueries({ queryKey: ['compared'] });
    } catch (error) {
      if (!isCancelled(error)) setFailure(failureOf(error));
      setOvertaken(isOvertaken(error));
    } finally {
      setRunning(false);
      setProgress(null);
    }
  };
  const cancel = (): void => (running ? ending.end() : onDone());
  return { preview, chosen, failure, overtaken, progress, running, go, cancel };
}

function CarryForm(props: Props) {
  const { t } = useTranslation('compare');
  const { direction, comparison } = props;
  const conflicts = useConflicts(comparison);
  const [rest, setRest] = useState<Rest>('ask');
  const { preview, chosen, failure, overtaken, progress, running, go, cancel } = useCarrying(props, rest);
  // Of a record, as it is counted where they are looked at, not of each of its fields.
  const open = new Set(preview?.undecided.map(({ type, id }) => `${type} ${id}`)).size;
  const rests = direction === 'refresh' ? 'restHere' : 'rest';
  const blocked =
    overtaken ||
    !preview ||
    open > 0 ||
    preview.problems.length > 0 ||
    (direction === 'promote' && preview.count === 0);
  return (
    <form
      className="carry"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      {preview ? (
        <>
          <CarriedLines direction={direction} choices={chosen} carried={preview} />
          <ConflictLines
            {...{ direction, rest }}
            choices={chosen}
            rows={conflicts}
            followed={preview.followed.decided}
          />
        </>
      ) : (
        failure === null && <p className="dim">{t('looking')}</p>
      )}
      {(open > 0 || rest !== 'ask') && (
        <Radio.Group
          label={open > 0 ? t('undecided', { count: open }) : t('decidedAlike')}
          value={rest}
          onChange={setRest}
        >
          {(['ask', 'live', 'play'] as const).map((one) => (
            <Radio key={one} size="xs" value={one} label={t(`${rests}.${one}`)} disabled={running} />
          ))}
        </Radio.Group>
      )}
      {preview && <CarryProblems {...{ direction }} carried={preview} />}
      <p className="dim carry-note">{t(`${direction}.note`)}</p>
      {running && <ProgressLine progress={progress} label={t(`${direction}.running`)} />}
      <FormEnd
        {...{ failure, blocked }}
        save={t(`${direction}.yes`)}
        saving={running}
        first
        onCancel={cancel}
      />
    </form>
  );
}
