import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { UndoConflict } from '#shared/contract/faults.ts';
import { say } from '../i18n/setup.ts';
import { fieldName, titleOr } from '../text/names.ts';

type Choice = 'leave' | 'overwrite' | null;

function sentence({ reason, field }: UndoConflict): string {
  return say(`faults:conflict.${reason}`, { field: field === null ? '' : fieldName(field) });
}

/** Lists what was changed since and lets the person decide: the rest only, all of it, or nothing (null). */
export function askAboutConflicts(
  direction: 'undo' | 'redo',
  what: string,
  conflicts: readonly UndoConflict[],
): Promise<Choice> {
  return new Promise((resolve) => {
    const close = (choice: Choice): void => {
      resolve(choice);
      modals.close('conflicts');
    };
    modals.open({
      modalId: 'conflicts',
      title: say('frame:conflict.title'),
      onClose: () => resolve(null),
      children: (
        <div className="conflicts">
          <p>{say(`frame:conflict.${direction}`, { what })}</p>
          <ul>
            {conflicts.map((conflict) => (
              <li key={`${conflict.id}/${conflict.field ?? ''}`}>
                <strong>{titleOr(conflict.title, conflict.type)}</strong> – {sentence(conflict)}
              </li>
            ))}
          </ul>
          <div className="dialog-buttons">
            <Button variant="default" onClick={() => close(null)}>
              {say('common:cancel')}
            </Button>
            <Button variant="default" color="red" onClick={() => close('overwrite')}>
              {say('frame:conflict.overwrite')}
            </Button>
            <Button data-autofocus onClick={() => close('leave')}>
              {say(direction === 'undo' ? 'frame:conflict.leaveUndo' : 'frame:conflict.leaveRedo')}
            </Button>
          </div>
        </div>
      ),
    });
  });
}
