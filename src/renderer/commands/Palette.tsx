import SearchBox from '../features/search/SearchBox.tsx';

/** The palette is the search box: commands are among what it finds, and `>` leaves nothing but them. */
export default function Palette() {
  return <SearchBox />;
}
