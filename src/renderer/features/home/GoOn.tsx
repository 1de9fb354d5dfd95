import { Button } from '@mantine/core';
import { IconFileExport, IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { listOf } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { run } from '../../commands/registry.ts';
import { go } from '../../stores/address.ts';
import { useMayChange, useReadOnly } from '../../stores/profile.ts';
import { iconOf } from '../../ui/icons.ts';
import { tellImpossible } from '../../ui/locked.ts';

const makes = [
  ['team', 'team'],
  ['student', 'student'],
  ['link', 'interface'],
] as const;

/** Opens the form of a new record beside its list. */
function make(type: EntityType): void {
  go({ ...listOf(type), panel: { kind: 'new' } });
}

/** Where to go on from here. */
export function GoOn() {
  const { t } = useTranslation('home');
  const mayChange = useMayChange();
  const why = useReadOnly();
  // It stays in reach, to say why.
  const off = why === null ? {} : ({ title: why, 'aria-disabled': true, 'data-disabled': true } as const);
  return (
    <nav className="home-go" aria-label={t('go.title')}>
      {mayChange && (
        <Button
          variant="default"
          leftSection={<IconFileImport size={16} stroke={1.6} />}
          {...off}
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
            {...off}
            onClick={() => (why === null ? make(type) : tellImpossible(t(`go.${key}`), why))}
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
