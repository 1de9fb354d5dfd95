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
import { useNarrowedTo } from '../../features/records/filters/value-names.ts';
import { useSandboxes } from '../../features/play/useSandboxes.ts';
import { usePrivateViews } from '../../features/views/private.ts';
import { queryFor } from '../../stores/queries.ts';
import { titleOr, typeName, typeNames } from '../../text/names.ts';
import { iconOf } from '../../ui/icons.ts';
import type { IconType } from '../../ui/icons.ts';
import { placeOf, railPlaces } from '../../ui/navigation.ts';

export interface TabTitle {
  title: string;
  icon: IconType;
}

const signs: Partial<Record<View['kind'], IconType>> = {
  import: IconTableImport,
  preferences: IconSettings,
  shortcuts: IconKeyboard,
  about: IconInfoCircle,
  help: IconHelp,
  wizard: IconPencilPlus,
};

export function useTabTitle(view: View): TabTitle {
  const { t } = useTexts('commands');
  const saved = view.kind === 'list' ? view.saved : '';
  const views = useQuery({
    ...queryFor('views.list', {}),
    enabled: saved !== '',
  });
  const mine = usePrivateViews();
  const narrowed = useNarrowedTo(view.kind === 'list' ? view : null);
  const university = view.kind === 'dashboard' ? view.university : '';
  const id = view.kind === 'record' ? view.id : university;
  const record = useQuery({
    ...queryFor('entities.find', { id }),
    enabled: id !== '',
  });
  const sandbox = view.kind === 'compare' ? view.sandbox : '';
  const sandboxes = useSandboxes({ enabled: sandbox !== '' });
  if (view.kind === 'list') {
    const named = [...(views.data ?? []), ...mine].find((one) => one.id === saved)?.name;
    const list = typeNames(view.type);
    const title = narrowed === '' ? list : t('common:dot', { a: list, b: narrowed });
    return { title: named ?? title, icon: iconOf[view.type] };
  }
  if (view.kind === 'record') {
    const title = record.data ? titleOr(record.data.title, view.type) : typeName(view.type);
    return { title, icon: iconOf[view.type] };
  }
  if (view.kind === 'dashboard') {
    const title = university === '' ? undefined : record.data?.title;
    return { title: title ?? t('view.dashboard'), icon: IconChartBar };
  }
  const compared = sandboxes.data?.find(({ id: one }) => one === sandbox)?.name;
  if (compared != null) return { title: t('compare:tabNamed', { name: compared }), icon: IconArrowsDiff };
  if (view.kind === 'compare' || view.kind === 'moments')
    return { title: t('compare:tab'), icon: IconArrowsDiff };
  if (view.kind === 'jobs') return { title: t('jobs:title'), icon: IconListCheck };
  if (view.kind === 'whatif') return { title: t('whatif:title'), icon: IconChartLine };
  const place = railPlaces()
    .flatMap((section) => section.places)
    .find((one) => one.id === placeOf(view));
  if (place) return { title: place.label, icon: place.icon };
  return { title: t(`view.${view.kind as 'about'}`), icon: signs[view.kind] ?? IconHistory };
}
