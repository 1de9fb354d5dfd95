import { ActionIcon, Button, Loader, Menu, NativeSelect, Popover } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconChevronDown,
  IconFocus2,
  IconPlayerStop,
  IconX,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { networkDepths, networkLayouts } from '#shared/address/network.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { CommandItem } from '../../../commands/CommandItem.tsx';
import { run } from '../../../commands/registry.ts';
import { adjustNetwork } from '../../../stores/address.ts';
import { capital, titleOr, typeNames } from '../../../text/names.ts';
import { useOwnFieldsOf } from '../../records/custom-fields.ts';
import { colourFields, groupedByKind, sizeFields } from '../look/fields.ts';
import type { Model } from '../model/model.ts';
import styles from '../network.module.css';
import { useNetwork } from '../state.ts';
import { lookFieldName } from './legend-parts.ts';

interface Props {
  view: NetworkView;
  model: Model;
}

function FocusMenu({ view: { focus, depth }, model }: Props) {
  const { t } = useTranslation('network');
  const centre = model.nodes.get(focus);
  return (
    <>
      <span className={styles.focus}>
        <IconFocus2 size={16} stroke={1.6} />
        <span className="cut">
          {t('around', { title: centre ? titleOr(centre.title, centre.type) : '…' })}
        </span>
        <ActionIcon size={22} aria-label={t('whole')} title={t('whole')} onClick={() => run('network.whole')}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </span>
      <Menu width={140}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={15} stroke={1.6} />}>
            {t('depth', { count: depth })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={String(depth)}
            onChange={(value) =>
              adjustNetwork({ depth: networkDepths.find((one) => String(one) === value) ?? 1 })
            }
          >
            {networkDepths.map((one) => (
              <Menu.RadioItem key={one} value={String(one)} closeMenuOnClick>
                {t('depthOption', { count: one })}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** The types that are shown; of an empty network those that could be. */
function shownTypes({ types }: NetworkView, { nodes }: Model): readonly NodeType[] {
  const present = new Set([...nodes.values()].map(({ type }) => type));
  return present.size === 0 ? types : nodeType.options.filter((type) => present.has(type));
}

function LookMenu({ view, model }: Props) {
  const { colour, size } = view;
  const { t } = useTranslation('network');
  const [opened, setOpened] = useState(false);
  const types = useMemo(() => shownTypes(view, model), [view, model]);
  const custom = useOwnFieldsOf(types, opened);
  const options = (fields: readonly string[], chosen: string) =>
    groupedByKind([...new Set([...fields, chosen])], types).map(({ of, fields: some }) => ({
      group: of === 'all' || of === 'own' ? t(`fieldsOf.${of}`) : typeNames(of),
      items: some.map((value) => ({ value, label: capital(lookFieldName(value)) })),
    }));
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={230}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} />}
          onClick={() => setOpened(!opened)}
        >
          {t('lookNow', { size: lookFieldName(size), colour: lookFieldName(colour) })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.lookMenu}>
        <NativeSelect
          data-autofocus
          label={t('colour')}
          value={colour}
          data={options(colourFields(types, custom), colour)}
          onChange={(event) => adjustNetwork({ colour: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('size')}
          value={size}
          data={options(sizeFields(types, custom), size)}
          onChange={(event) => adjustNetwork({ size: event.currentTarget.value })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** How nodes are arranged; while a layout runs, its progress and a way to stop it. */
function LayoutMenu({ view: { layout } }: Pick<Props, 'view'>) {
  const { t } = useTranslation('network');
  const running = useNetwork((network) => network.running);
  if (running !== null)
    return (
      <Button
        variant="default"
        leftSection={<Loader size={12} />}
        rightSection={<IconPlayerStop size={15} stroke={1.6} />}
        title={t('stop')}
        onClick={() => run('network.stop')}
      >
        {t('running')} <span className="num">{Math.round(running * 100)} %</span>
      </Button>
    );
  return (
    <Menu width={220}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={15} stroke={1.6} />}>
          {t(`layout.${layout}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={layout} onChange={(one) => run(`network.layout.${one}`)}>
          {networkLayouts.map((one) => (
            <Menu.RadioItem key={one} value={one} closeMenuOnClick>
              {t(`layout.${one}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <CommandItem keyed id="network.arrange" />
        <CommandItem keyed id="network.release" />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Over the top of the network: its centre, its look and layout, and how much is shown. */
export function Bar({ view, model, counts }: Props & { counts: string }) {
  const { t } = useTranslation('network');
  const isCut = model.matched > model.nodes.size;
  const text = isCut ? t('cut', { shown: model.nodes.size, all: model.matched }) : counts;
  return (
    <div className={styles.bar}>
      <div className={styles.barLeft}>
        {view.focus !== '' && <FocusMenu view={view} model={model} />}
        <LookMenu view={view} model={model} />
        <LayoutMenu view={view} />
      </div>
      {text !== '' && <span className={`${styles.counts} ${styles.float} num`}>{text}</span>}
    </div>
  );
}
