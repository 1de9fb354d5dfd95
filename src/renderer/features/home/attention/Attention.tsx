import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconBolt, IconCheck, IconChevronDown, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf } from '#shared/address/view.ts';
import { say } from '../../../i18n/setup.ts';
import { go } from '../../../stores/address.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { notice } from '../../../ui/notices.tsx';
import type { Check, UnknownValues } from './checks.ts';
import { keepMeant } from '../../../stores/values-meant.ts';
import type { Matter } from './sentences.ts';

const icons = { bad: IconBolt, warn: IconAlertTriangle, info: IconInfoCircle } as const;
/** So many are said at once; the others on request. One more takes no more room than the way to it. */
const atOnce = 3;

function open({ type, filters }: Check): void {
  go({ ...listOf(type), filters });
}

function accept(workspace: string, values: readonly UnknownValues[]): void {
  const back = keepMeant(workspace, values);
  notice({ title: say('home:unknown.accepted'), action: { label: say('common:undo'), run: back } });
}

function Line({ matter }: { matter: Matter }) {
  const { t } = useTranslation('home');
  const workspace = useWorkspace().data?.id ?? '';
  const { tone, title, text, places, values } = matter;
  const Icon = icons[tone];
  const [first, ...others] = places;
  return (
    <li className={`matter matter-${tone}`}>
      <Icon size={20} stroke={1.6} />
      <div className="matter-words">
        <h2>{title}</h2>
        <p>
          {text}
          {others.map(({ label, check }) => (
            <button key={label} type="button" className="link-button link-plain" onClick={() => open(check)}>
              {label}
            </button>
          ))}
        </p>
      </div>
      <span className="matter-buttons">
        {first && (
          <Button variant="default" onClick={() => open(first.check)}>
            {first.label}
          </Button>
        )}
        {values && (
          <ActionIcon
            aria-label={t('unknown.meant')}
            title={t('unknown.meant')}
            onClick={() => accept(workspace, values)}
          >
            <IconCheck size={15} stroke={1.6} />
          </ActionIcon>
        )}
      </span>
    </li>
  );
}

/** What needs attention, each with the way to the records it is about. */
export function Attention({ matters }: { matters: readonly Matter[] }) {
  const { t } = useTranslation('home');
  const [all, setAll] = useState(false);
  const hidden = matters.length > atOnce + 1 ? matters.length - atOnce : 0;
  return (
    <>
      <ul className="matters">
        {(all || hidden === 0 ? matters : matters.slice(0, atOnce)).map((matter) => (
          <Line key={matter.id} matter={matter} />
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className="home-quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          <IconChevronDown size={15} stroke={1.7} className={all ? 'turned' : ''} />
          {all ? t('need.fewer') : t('need.more', { count: hidden })}
        </button>
      )}
    </>
  );
}
