import { ActionIcon, Button } from '@mantine/core';
import { IconFlask, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { run } from '../../commands/registry.ts';
import { keys } from '../../stores/queries.ts';
import { useMayChange } from '../../stores/profile.ts';
import { keep, useKept } from '../../stores/seat.ts';
import { undoOp } from '../../stores/undo.ts';
import { skip } from '../../stores/skipped.ts';

const seatKey = 'home.sampleKnown';

/** The change that brought the sample, while it is what undo would take back; else null. */
function useSeed(): string | null {
  const { data } = useQuery({
    queryKey: keys.undo,
    queryFn: ({ signal }) => api.history.state({ skip: skip() }, { signal }),
  });
  return data?.undo?.label === 'seed' ? data.undo.op_id : null;
}

/** Says that the records are made up, and how to bring in one's own. Goes for good when the person has read it. */
export function SampleNote() {
  const { t } = useTranslation('home');
  const seed = useSeed();
  const known = useKept(seatKey) === true;
  if (!useMayChange() || known) return null;
  return (
    <aside className="home-sample">
      <IconFlask size={18} stroke={1.6} />
      <p>
        {t('sample.text')} {t(seed === null ? 'sample.beside' : 'sample.own')}
      </p>
      <span className="home-sample-buttons">
        {seed === null ? (
          <Button variant="default" size="xs" onClick={() => run('workspace.new')}>
            {t('sample.fresh')}
          </Button>
        ) : (
          <Button variant="default" size="xs" onClick={() => void undoOp(seed)}>
            {t('sample.clear')}
          </Button>
        )}
        <ActionIcon aria-label={t('sample.hide')} onClick={() => keep(seatKey, true)}>
          <IconX size={15} stroke={1.6} />
        </ActionIcon>
      </span>
    </aside>
  );
}
