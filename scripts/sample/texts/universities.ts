export interface UniversityText {
  name: string;
  /** What people there call it; also the part of ids that names it. */
  short: string;
  region: string;
}

/** Made-up universities; none is a real one. The first leads the programme. */
export const foundingUniversities: readonly UniversityText[] = [
  { name: 'Summit State', short: 'Summit', region: 'Mountain' },
  { name: 'Redwood Coast University', short: 'Redwood Coast', region: 'Pacific' },
  { name: 'Northgate Institute of Technology', short: 'Northgate', region: 'Northern' },
  { name: 'Harbor City University', short: 'Harbor City', region: 'Atlantic' },
  { name: 'Lakeshore Polytechnic', short: 'Lakeshore', region: 'Great Lakes' },
  { name: 'High Plains State', short: 'High Plains', region: 'Plains' },
  { name: 'Bayfront University', short: 'Bayfront', region: 'Gulf' },
  { name: 'Prairie Ridge College', short: 'Prairie Ridge', region: 'Plains' },
];

const places = [
  'Aspen Hollow, Blue Heron, Cinder Cone, Copper Basin, Driftwood Point, Eastmarch, Elkhorn Valley, Foxglove',
  'Glacier Sound, Halcyon Bay, Indigo Plains, Ironwood, Juniper Mesa, Kestrel Hill, Larkspur, Meridian Sands',
  'Osprey Point, Painted Canyon, Pale Creek, Quartz Mountain, Rimrock, Saltmarsh, Stillmere, Tamarack',
  'Tideway, Umber Hills, Vesper Valley, Whitecap, Willow Bend, Windmere, Yarrow, Zephyr Coast',
].flatMap((line) => line.split(', '));

const kinds = ['University', 'State', 'Polytechnic', 'Institute of Technology', 'College'];
const regions = ['Mountain', 'Pacific', 'Northern', 'Atlantic', 'Great Lakes', 'Plains', 'Gulf', 'Desert'];

/** The university at a place of the list, counted from 0; the first ones are written by hand. */
export function universityText(at: number): UniversityText {
  const founding = foundingUniversities[at];
  if (founding) return founding;
  const other = at - foundingUniversities.length;
  const round = Math.floor(other / places.length);
  const place = `${round > 0 ? 'New '.repeat(round) : ''}${places[other % places.length]}`;
  return {
    name: `${place} ${kinds[(other * 3 + round) % kinds.length]}`,
    short: place,
    region: regions[(other * 5) % regions.length] as string,
  };
}
