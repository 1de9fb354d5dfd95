import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { keys, queries } from '../../../stores/queries.ts';
import { fieldName, titleOr, typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { isArranged } from '../../views/arranged.ts';
import { useCurrent } from '../../views/current.ts';
import { inNetwork } from '../../../stores/network.ts';
import { chipsOf, chipText, filterField, filterValueText } from '../filters/model.ts';
import { groupFieldOf } from '../grouping.ts';
import { linkable } from '../linkable.ts';
import { arrangedIn, hasRoomFor, selectingIn } from './arrangement.ts';
import type { Arrangement, Wanted } from './arrangement.ts';
import { buttonWidth, chipWidth, countWidth, rowOf, searchWidth, signWidth, titleWidth } from './widths.ts';

/** A name that is not known yet. */
const someName = 'x'.repeat(22);

function chipTexts({ type, filters }: ListView): readonly string[] {
  return chipsOf(filters).map(({ filters: some }) => {
    const field = filterField(type, some[0]?.field ?? '');
    return chipText(field, some, (value) => {
      if (field.kind !== 'reference' || typeof value !== 'string') return filterValueText(field, value);
      const record = queries.getQueryData<EntityRecord>(keys.record(value));
      return record ? titleOr(record.title, record.type) : someName;
    });
  });
}

interface Shown {
  view: ListView;
  /** The toolbar's own width in px; 0 while it is not known. */
  room: number;
  total: number | null;
  /** How many records are selected, and the words for that; 0 and '' for none. */
  picked: number;
  pickedText: string;
  restoring: string;
  /** Somebody has come to the search or the filters by their keys: they are shown, whatever is selected. */
  sought: boolean;
}

/** How the toolbar stands, and whether it shows what can be done with what is selected, and filters whole. */
interface Shows extends Arrangement {
  selecting: boolean;
  whole: boolean;
}

/** How the toolbar of a list stands in its room: by the words that stand in it, in the person's language. */
export function useArrangement(shown: Shown): Shows {
  const { view, room, total, picked, pickedText, restoring, sought } = shown;
  const { t } = useTranslation(['grid', 'views', 'common']);
  const current = useCurrent();
  const { type } = view;
  const gone = view.deleted === 'only';
  const saved = current?.saved ?? null;
  const named = (name: string) =>
    titleWidth(saved?.name ?? name, { saved: saved !== null, modified: saved !== null });
  const all = total === null ? '' : numberText(total);
  // Room for the count is kept from the start: typing into the search moves nothing.
  const counted =
    named(typeNames(type)) + countWidth(total === null ? '' : t('grid:some', { shown: all, all }));
  const whole = named(t(gone ? `grid:deletedTitle.${type}` : `grid:all.${type}`));
  // A saved view has room for its changes to be saved from the start: changing it moves nothing.
  const saves = current !== null && (saved !== null || isArranged(current));
  const save = saved ? t('views:saveChangesShort') : t('views:save');
  const group = groupFieldOf(view);
  const groupWord = group ? t('grid:group.short', { field: fieldName(group.key) }) : t('grid:group.button');
  const network = !gone && (inNetwork(type) || type === 'interface') ? [buttonWidth(t('grid:network'))] : [];
  const deleted = buttonWidth(t('grid:deleted'));
  const last = buttonWidth(gone ? restoring : t(`grid:new.${type}`), true);
  const chips = (whole: boolean): number =>
    rowOf(
      ...chipTexts(view).map((text) => chipWidth(text, whole)),
      buttonWidth(t('grid:filter')),
      ...(saves ? [buttonWidth(save)] : []),
    );
  const wanted: Wanted = {
    title: Math.max(counted, whole),
    search: searchWidth(t('grid:findByName')),
    short: searchWidth(t('grid:search')),
    chips: chips(false),
    arrange: rowOf(...(gone ? [] : [buttonWidth(groupWord)]), buttonWidth(t('grid:columns'))),
    deeds: [
      rowOf(deleted, ...network, buttonWidth(t('grid:export')), last),
      // Where one is shows what is deleted, the way back stays in sight.
      rowOf(...(gone ? [deleted] : []), signWidth, last),
    ],
  };
  const arranged = (parts: Wanted): Arrangement => arrangedIn(room, parts);
  const plain = {
    ...arranged(wanted),
    selecting: false,
    whole: hasRoomFor(chips(true), arranged, wanted),
  };
  if (picked === 0) return plain;
  const words = (...texts: readonly string[]): number[] => texts.map((text) => buttonWidth(text, true));
  const [count, clear] = [countWidth(pickedText), buttonWidth(t('common:clear'))];
  const link = !gone && linkable(type) ? words(t('grid:linkThese')) : [];
  const first = gone ? words(t('grid:restore')) : words(t('grid:editMany'), t('grid:delete'));
  const seldom = words(...(gone ? [] : [t('common:copy')]), t('grid:export'));
  const deeds = [
    rowOf(count, ...first, ...link, ...seldom, clear),
    rowOf(count, ...first, ...link, signWidth, clear),
    rowOf(count, ...first, ...link, signWidth, signWidth),
    rowOf(count, ...first, signWidth, signWidth),
  ];
  const withPicked = (parts: Wanted): Arrangement => selectingIn(room, parts, deeds);
  const selecting = withPicked(wanted);
  if (sought && !selecting.narrowing) return plain;
  return { ...selecting, selecting: true, whole: hasRoomFor(chips(true), withPicked, wanted) };
}
