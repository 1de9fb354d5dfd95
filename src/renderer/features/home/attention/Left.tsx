import { ActionIcon, Button } from '@mantine/core';
import { IconTableImport, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../i18n/setup.ts';
import { openTab } from '../../../stores/address.ts';
import { shortMoment } from '../../../text/formats.ts';
import { DeedLine } from '../../../ui/DeedLine.tsx';
import { notice } from '../../../ui/notices.tsx';
import { dropLeft } from '../../transfer/sheet/leftLater.ts';
import type { LeftImport } from '../../transfer/sheet/leftLater.ts';

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
