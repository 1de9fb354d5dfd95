import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { useLeftImports, dropLeft } from '../../transfer/sheet/leftLater.ts';
import type { LeftImport } from '../../transfer/sheet/leftLater.ts';
import { ActionIcon, Button } from '@mantine/core';
import { IconTableImport, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../i18n/setup.ts';
import { openTab } from '../../../stores/address.ts';
import { shortMoment } from '../../../text/formats.ts';
import { DeedLine } from '../../../ui/DeedLine.tsx';
import { notice } from '../../../ui/notices.tsx';

/** Those lines of each import that still stand. */
async function stillOpen(imports: readonly LeftImport[], signal: AbortSignal): Promise<LeftImport[]> {
  const asked = imports.map(({ op_id, lines }) => ({ op_id, matters: lines.map(({ matter }) => matter) }));
  const stands = await api.transfer.stillLeft({ imports: asked }, { signal });
  return imports.flatMap((one, at) => {
    const lines = one.lines.filter((_, line) => stands[at]?.[line]);
    return lines.length > 0 ? [{ ...one, lines }] : [];
  });
}

const none: readonly LeftImport[] = [];

/** What imports left that nobody has mended or dismissed yet; undefined until that is known. */
export function useLeft(): readonly LeftImport[] | undefined {
  const imports = useLeftImports(useWorkspace().data?.id ?? '');
  const { data, error } = useQuery({
    queryKey: [...keys.attention, 'left', imports],
    queryFn: ({ signal }) => stillOpen(imports, signal),
    placeholderData: (before) => before,
    enabled: imports.length > 0,
  });
  if (imports.length === 0 || (error && !data)) return none;
  // What was dismissed is gone at once.
  return data?.filter(({ op_id }) => imports.some((one) => one.op_id === op_id));
}

function dismiss({ op_id, name }: LeftImport): void {
  const back = dropLeft(op_id);
  const action = { label: say('common:undo'), run: back };
  notice({ title: say('home:left.dismissed', { name }), action });
}

function Import({ left }: { left: LeftImport }) {
  const { t } = useTranslation(['home', 'sheets']);
  const [open, setOpen] = useState(false);
  const list = useId();
  const { name, lines, at } = left;
  return (
    <li className="matter matter-warn">
      <IconTableImport size={20} stroke={1.6} />
      <div className="matter-words">
        <h2>{t('left.title', { name, count: lines.length })}</h2>
        <p>{t('left.text', { when: shortMoment(Date.parse(at)) })}</p>
      </div>
      <span className="matter-buttons">
        <Button
          variant="default"
          aria-expanded={open}
          aria-controls={open ? list : undefined}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'left.hide' : 'left.show')}
        </Button>
        <ActionIcon
          aria-label={t('left.dismiss', { name })}
          title={t('left.dismiss', { name })}
          onClick={() => dismiss(left)}
        >
          <IconX size={15} stroke={1.6} />
        </ActionIcon>
      </span>
      {open && (
        <ul id={list} className="matter-lines">
          {lines.map(({ text, view }) => (
            <DeedLine key={text} text={text} deed={t('sheets:done.showLeft')} onDeed={() => openTab(view)} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** What imports left to mend: it stays here until it is mended or dismissed. */
export function Left({ imports }: { imports: readonly LeftImport[] }) {
  return (
    <ul className="matters matters-left">
      {imports.map((left) => (
        <Import key={left.op_id} left={left} />
      ))}
    </ul>
  );
}
