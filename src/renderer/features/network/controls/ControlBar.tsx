import {
  ActionIcon,
  Button,
  Checkbox,
  CloseButton,
  Loader,
  Menu,
  NativeSelect,
  Popover,
} from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconChevronDown,
  IconFocus2,
  IconPlayerStop,
  IconX,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { networkCollapses, networkDepths, networkLayouts } from '#shared/address/network.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { CommandItem } from '../../../commands/CommandItem.tsx';
import { runCommand } from '../../../commands/registry.ts';
import { adjustNetwork } from '../../../stores/address.ts';
import { capitalised, displayTitle, typeNames } from '../../../text/names.ts';
import { EstimateNotes } from './Legend.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { useCustomFieldsOf } from '../../records/custom-fields.ts';
import type { GroupCounts } from '../data.ts';
import { colourFields, groupFieldsBySection, sizeFields } from '../look/fields.ts';
import type { Model } from '../model/model.ts';
import styles from '../network.module.css';
import type { MeasureState } from '../measures.ts';
import { useNetwork } from '../state.ts';
import { LinkFilterMenu } from './LinkFilters.tsx';
import { lookFieldName } from './legend-parts.ts';

interface Props {
  view: NetworkView;
  model: Model;
}

function FocusMenu({ view: { focus, depth }, model }: Props) {
  const { t } = useTexts('network');
  const centre = model.nodes.get(focus);
  return (
    <>
      <span className={`inline gap-8 small medium accent on-accent rounded ${styles.focus}`}>
        <IconFocus2 size={16} stroke={1.6} />
        <span className="cut">
          {t('around', { title: centre ? displayTitle(centre.title, centre.type) : '…' })}
        </span>
        <ActionIcon
          size={22}
          aria-label={t('whole')}
          title={t('whole')}
          onClick={() => runCommand('network.whole')}
        >
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </span>
      <Menu width={140}>
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={15} stroke={1.6} />}>
            {t('depth', { count: depth })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={String(depth)}
            onChange={(value) =>
              adjustNetwork({ depth: networkDepths.find((option) => String(option) === value) ?? 1 })
            }
          >
            {networkDepths.map((option) => (
              <Menu.RadioItem key={option} value={String(option)} closeMenuOnClick>
                {t('depthOption', { count: option })}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function shownTypes({ types }: NetworkView, { nodes }: Model): readonly NodeType[] {
  const drawnTypes = new Set([...nodes.values()].map(({ type }) => type));
  return drawnTypes.size === 0 ? types : nodeType.options.filter((type) => drawnTypes.has(type));
}

function LookMenu({ view, model, measureState }: Props & { measureState: MeasureState }) {
  const { colour, size } = view;
  const { t } = useTexts('network');
  const [opened, setOpened] = useState(false);
  const types = useMemo(() => shownTypes(view, model), [view, model]);
  const customFields = useCustomFieldsOf(types, opened);
  const optionGroups = (fields: readonly string[], currentField: string) =>
    groupFieldsBySection([...new Set([...fields, currentField])], types).map(
      ({ section, fields: groupFields }) => ({
        group:
          section === 'all' || section === 'own' || section === 'measures'
            ? t(`fieldsOf.${section}`)
            : typeNames(section),
        items: groupFields.map((value) => ({ value, label: capitalised(lookFieldName(value)) })),
      }),
    );
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={230}>
      <Popover.Target>
        <Button
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} />}
          onClick={() => setOpened(!opened)}
        >
          {t('lookNow', { size: lookFieldName(size), colour: lookFieldName(colour) })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="stack gap-8 pad-12">
        <NativeSelect
          data-autofocus
          label={t('colour')}
          value={colour}
          data={optionGroups(colourFields(types, customFields), colour)}
          onChange={(event) =>
            adjustNetwork({
              colour: event.currentTarget.value,
              // Hidden entries of the previous colour field no longer apply.
              hidden: view.hidden.filter((entry) => !entry.startsWith('colour:')),
            })
          }
        />
        <NativeSelect
          label={t('size')}
          value={size}
          data={optionGroups(sizeFields(types, customFields), size)}
          onChange={(event) => adjustNetwork({ size: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('collapse.title')}
          value={view.collapse}
          data={networkCollapses.map((value) => ({ value, label: t(`collapse.${value}`) }))}
          onChange={(event) => {
            const collapse = networkCollapses.find((option) => option === event.currentTarget.value);
            adjustNetwork({ collapse: collapse ?? 'auto', expanded: [] });
          }}
        />
        <Checkbox
          label={t('bridges')}
          checked={view.bridges}
          onChange={(event) => adjustNetwork({ bridges: event.currentTarget.checked })}
        />
        <EstimateNotes measureState={measureState} fields={[colour, size]} />
        {measureState.pending && (
          <ProgressLine
            progress={measureState.pending.progress}
            label={t('measuring')}
            onCancel={measureState.pending.cancel}
          />
        )}
        {!measureState.pending && measureState.error !== null && (
          <Button onClick={measureState.retry}>{t('measureAgain')}</Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The layout menu; while a layout runs, its progress and a stop button. */
function LayoutMenu({ view: { layout } }: Pick<Props, 'view'>) {
  const { t } = useTexts('network');
  const progress = useNetwork((network) => network.layoutProgress);
  if (progress !== null)
    return (
      <Button
        leftSection={<Loader size={12} />}
        rightSection={<IconPlayerStop size={15} stroke={1.6} />}
        title={t('stop')}
        onClick={() => runCommand('network.stop')}
      >
        {t('running')} <span className="num">{Math.round(progress * 100)} %</span>
      </Button>
    );
  return (
    <Menu width={220}>
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={15} stroke={1.6} />}>{t(`layout.${layout}`)}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={layout} onChange={(name) => runCommand(`network.layout.${name}`)}>
          {networkLayouts.map((option) => (
            <Menu.RadioItem key={option} value={option} closeMenuOnClick>
              {t(`layout.${option}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <CommandItem showsKeys id="network.arrange" />
        <CommandItem showsKeys id="network.release" />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Group actions: a chip collapses an expanded group, and a button shows all records. */
function GroupActions({ view: { expanded }, model, groupCounts }: Props & { groupCounts: GroupCounts }) {
  const { t } = useTexts('network');
  return (
    <>
      {expanded.map((group) => {
        const title = model.nodes.get(group)?.title ?? model.titles.get(group) ?? t('noGroup');
        return (
          <span key={group} className={`inline tiny medium accent on-accent chip ${styles.linkChip}`}>
            <span className="cut">{title}</span>
            <CloseButton
              size={18}
              iconSize={13}
              aria-label={t('group.collapse', { title })}
              title={t('group.collapse', { title })}
              onClick={() => adjustNetwork({ expanded: expanded.filter((other) => other !== group) })}
            />
          </span>
        );
      })}
      {groupCounts.canShowAll && (
        <Button onClick={() => adjustNetwork({ collapse: 'none', expanded: [] })}>
          {t('group.showAll')}
        </Button>
      )}
    </>
  );
}

export function ControlBar({
  view,
  model,
  counts,
  groupCounts,
  measureState,
}: Props & { counts: string; groupCounts: GroupCounts | null; measureState: MeasureState }) {
  const { t } = useTexts('network');
  const isTruncated = model.matched > model.nodes.size;
  const text = isTruncated ? t('cut', { shown: model.nodes.size, all: model.matched }) : counts;
  return (
    <div className={`flex top apart gap-8 absolute untouched ${styles.bar}`}>
      <div className={`flex wrap shrink gap-8 ${styles.barLeft}`}>
        {view.focus !== '' && <FocusMenu view={view} model={model} />}
        <LookMenu view={view} model={model} measureState={measureState} />
        <LinkFilterMenu view={view} />
        <LayoutMenu view={view} />
        {groupCounts && <GroupActions view={view} model={model} groupCounts={groupCounts} />}
      </div>
      {text !== '' && (
        <span className={`rigid clip small dim text-end px-12 py-4 ${styles.counts} card on-panel num`}>
          {text}
        </span>
      )}
    </div>
  );
}
