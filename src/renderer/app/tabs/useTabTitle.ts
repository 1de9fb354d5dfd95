import {
  IconArrowsDiff,
  IconChartLine,
  IconChartBar,
  IconHelp,
  IconHistory,
  IconInfoCircle,
  IconKeyboard,
  IconListCheck,
  IconPencilPlus,
  IconSettings,
  IconTableImport,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { View } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useFilterSummary } from '../../features/records/filters/value-names.ts';
import { useSandboxes } from '../../features/play/useSandboxes.ts';
import { usePrivateViews } from '../../features/views/private.ts';
import { queryFor } from '../../stores/queries.ts';
import { displayTitle, typeName, typeNames } from '../../text/names.ts';
import { iconOf } from '../../ui/icons.ts';
import type { IconType } from '../../ui/icons.ts';
import { destinationIdOf, railSections } from '../../ui/navigation.ts';

export interface TabTitle {
  title: string;
  icon: IconType;
}

const viewIcons: Partial<Record<View['kind'], IconType>> = {
  import: IconTableImport,
  preferences: IconSettings,
  shortcuts: IconKeyboard,
  about: IconInfoCircle,
  help: IconHelp,
  wizard: IconPencilPlus,
};

export function useTabTitle(view: View): TabTitle {
  const { t } = useTexts('commands');
  const savedViewId = view.kind === 'list' ? view.saved : '';
  const views = useQuery({
    ...queryFor('views.list', {}),
    enabled: savedViewId !== '',
  });
  const privateViews = usePrivateViews();
  const filterText = useFilterSummary(view.kind === 'list' ? view : null);
  const university = view.kind === 'dashboard' ? view.university : '';
  const recordId = view.kind === 'record' ? view.id : university;
  const record = useQuery({
    ...queryFor('entities.find', { id: recordId }),
    enabled: recordId !== '',
  });
  const sandbox = view.kind === 'compare' ? view.sandbox : '';
  const sandboxes = useSandboxes({ enabled: sandbox !== '' });
  if (view.kind === 'list') {
    const savedViewName = [...(views.data ?? []), ...privateViews].find(
      (one) => one.id === savedViewId,
    )?.name;
    const list = typeNames(view.type);
    const title = filterText === '' ? list : t('common:dot', { a: list, b: filterText });
    return { title: savedViewName ?? title, icon: iconOf[view.type] };
  }
  if (view.kind === 'record') {
    const title = record.data ? displayTitle(record.data.title, view.type) : typeName(view.type);
    return { title, icon: iconOf[view.type] };
  }
  if (view.kind === 'dashboard') {
    const title = university === '' ? undefined : record.data?.title;
    return { title: title ?? t('view.dashboard'), icon: IconChartBar };
  }
  const sandboxName = sandboxes.data?.find(({ id }) => id === sandbox)?.name;
  if (sandboxName != null)
    return { title: t('compare:tabNamed', { name: sandboxName }), icon: IconArrowsDiff };
  if (view.kind === 'compare' || view.kind === 'moments')
    return { title: t('compare:tab'), icon: IconArrowsDiff };
  if (view.kind === 'jobs') return { title: t('jobs:title'), icon: IconListCheck };
  if (view.kind === 'whatif') return { title: t('whatif:title'), icon: IconChartLine };
  const destination = railSections()
    .flatMap((section) => section.destinations)
    .find((one) => one.id === destinationIdOf(view));
  if (destination) return { title: destination.label, icon: destination.icon };
  return { title: t(`view.${view.kind as 'about'}`), icon: viewIcons[view.kind] ?? IconHistory };
}
