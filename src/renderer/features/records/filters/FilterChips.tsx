import type { ListView } from '#shared/address/view.ts';
import { adjustList } from '../../../stores/address.ts';
import { SaveView } from '../../views/SaveView.tsx';
import { FilterChip } from './FilterChip.tsx';
import { FilterMenu } from './FilterMenu.tsx';
import { chipsOf, withChip } from './model.ts';

interface Props {
  view: ListView;
  /** Whether the menu of fields is open. */
  filtering: boolean;
  onFiltering: (opened: boolean) => void;
}

/** How a list is narrowed: a chip for each filter or range, and a menu to add one. */
export function FilterChips({ view, filtering, onFiltering }: Props) {
  const { type, filters } = view;
  return (
    <div className="list-chips">
      {chipsOf(filters).map((chip) => (
        <FilterChip
          key={`${chip.at.join()}/${chip.filters[0]?.field}`}
          type={type}
          filters={chip.filters}
          onChange={(next) => adjustList({ filters: withChip(filters, chip, next) })}
        />
      ))}
      <FilterMenu
        type={type}
        opened={filtering}
        onOpened={onFiltering}
        onAdd={(added) => adjustList({ filters: [...filters, ...added] })}
      />
      <SaveView />
    </div>
  );
}
