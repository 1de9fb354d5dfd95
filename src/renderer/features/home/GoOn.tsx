import { Button } from '@mantine/core';
import { IconFileExport, IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { listOf } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { run } from '../../commands/registry.ts';
import { go } from '../../stores/address.ts';
import { useMayChange } from '../../stores/profile.ts';
import { iconOf } from '../../ui/icons.ts';

const makes = [
  ['team', 'team'],
  ['student', 'student'],
  ['link', 'interface'],
] as const;

/** Opens the form of a new record beside its list. */
export function make(type: EntityType): void {
  go({ ...listOf(type), panel: { kind: 'new' } });
}

/** Where to go on from here. */
export function GoOn() {
  const { t } = useTranslation('home');
  const mayChange = useMayChange();
  return (
    <nav className="home-go" aria-label={t('go.title')}>
      {mayChange && (
        <Button
          variant="default"
          leftSection={<IconFileImport size={16} stroke={1.6} />}
          onClick={() => run('file.import')}
        >
          {t('go.import')}
        </Button>
      )}
      {(mayChange ? makes : []).map(([key, type]) => {
        const Icon = iconOf[type];
        return (
          <Button
            key={key}
            variant="default"
            leftSection={<Icon size={16} stroke={1.6} />}
            onClick={() => make(type)}
          >
            {t(`go.${key}`)}
          </Button>
        );
      })}
      <Button
        variant="default"
        leftSection={<IconFileExport size={16} stroke={1.6} />}
        onClick={() => run('file.export')}
      >
        {t('go.export')}
      </Button>
    </nav>
  );
}
