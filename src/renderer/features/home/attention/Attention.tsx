import { Button } from '@mantine/core';
import { IconAlertTriangle, IconBolt, IconChevronDown, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf } from '#shared/address/view.ts';
import { go } from '../../../stores/address.ts';
import type { Check } from './checks.ts';
import type { Matter } from './sentences.ts';

const icons = { bad: IconBolt, warn: IconAlertTriangle, info: IconInfoCircle } as const;
/** So many are said at once; the others on request. One more takes no more room than the way to it. */
const atOnce = 3;

function open({ type, filters }: Check): void {
  go({ ...listOf(type), filters });
}

function Line({ matter }: { matter: Matter }) {
  const { tone, title, text, places } = matter;
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
      {first && (
        <Button variant="default" onClick={() => open(first.check)}>
          {first.label}
        </Button>
      )}
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
