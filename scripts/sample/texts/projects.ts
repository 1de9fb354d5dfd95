import type { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Discipline } from './teams.ts';

export type ProjectType = (typeof vocabulary.project_type)[number];

export interface ProjectText {
  /** `{mission}` stands for a mission's name. */
  name: string;
  type: ProjectType;
  /** Shortest and longest duration in months. */
  months: readonly [number, number];
  description: string;
  /** Disciplines that work on it; all of them when there are none. */
  trades: readonly Discipline[];
}

const project = (
  type: ProjectType,
  name: string,
  months: readonly [number, number],
  description: string,
  ...trades: Discipline[]
): ProjectText => ({ type, name, months, description, trades });

/** Projects that belong to no one university. The first two are those of the small sample. */
export const sharedProjects: readonly ProjectText[] = [
  project(
    'multiversity',
    'Pathfinder',
    [36, 36],
    'A six-unit CubeSat that every university builds a part of and all of us operate. Launch is booked for the spring after next.',
  ),
  project(
    'research',
    'Open Ground Network',
    [48, 48],
    'One schedule for all our ground stations, so that a pass over one campus serves the missions of the others.',
    'ground',
    'communications',
    'software',
    'mission-ops',
  ),
  project(
    'multiversity',
    '{mission} formation',
    [30, 48],
    'Two satellites from two campuses that must find each other in orbit. Interfaces are frozen earlier than anyone likes.',
  ),
  project(
    'research',
    '{mission} data commons',
    [24, 48],
    'A shared archive for telemetry and lessons, with one format and one place to look.',
    'software',
    'ground',
    'payload',
    'interdisciplinary',
    'other',
  ),
];

/** Projects of one university, handed out from the top. */
export const ownProjects: readonly ProjectText[] = [
  project(
    'cubesat',
    '{mission} CubeSat',
    [24, 42],
    'Our own three-unit satellite: a camera, a radio and four years of arguments about mass.',
  ),
  project(
    'competition',
    '{mission} rover challenge',
    [8, 12],
    'A rover for the yearly field competition. Short, loud, and the best way to find next year’s leads.',
    'software',
    'electrical',
    'mechanical',
    'systems',
    'other',
  ),
  project(
    'jpl-contract',
    '{mission} instrument contract',
    [18, 36],
    'Flight hardware under contract. Paperwork as careful as the soldering.',
    'payload',
    'electrical',
    'software',
    'mechanical',
    'systems',
    'interdisciplinary',
  ),
  project(
    'cubesat',
    '{mission} student satellite',
    [30, 48],
    'A one-unit teaching satellite: kept simple, documented twice.',
  ),
  project(
    'research',
    '{mission} thermal study',
    [12, 24],
    'How small satellites keep warm in eclipse, measured in our own chamber and written up for the conference.',
    'mechanical',
    'systems',
  ),
  project(
    'cubesat',
    '{mission} imaging mission',
    [30, 42],
    'A two-unit camera platform for the state’s wildfire agency. The lens is on the bench, the bus is still a drawing.',
  ),
  project(
    'internal',
    '{mission} ground station refit',
    [6, 14],
    'New rotator, new receiver, and a roof that no longer leaks.',
    'ground',
    'communications',
    'software',
    'electrical',
  ),
  project(
    'contract-pursuit',
    '{mission} proposal',
    [4, 10],
    'A bid for a rideshare slot. If it wins, the team doubles; if not, the drawings are still ours.',
    'interdisciplinary',
    'systems',
    'payload',
    'other',
  ),
  project(
    'cubesat',
    '{mission} radio beacon',
    [18, 30],
    'A half-unit that does one thing: say where it is, for ten years, to anybody who listens.',
  ),
  project(
    'other',
    '{mission} balloon flights',
    [6, 12],
    'Two stratospheric flights a year to try out radios and nerves.',
    'communications',
    'payload',
    'electrical',
    'software',
    'other',
  ),
  project(
    'jpl-contract',
    '{mission} avionics board',
    [16, 28],
    'A radiation-tolerant interface board, built to somebody else’s drawing and tested to our own.',
    'electrical',
    'software',
    'mechanical',
    'interdisciplinary',
  ),
  project(
    'cubesat',
    '{mission} magnetics mission',
    [30, 48],
    'Maps the field over the poles with a boom that has to open exactly once.',
  ),
  project(
    'research',
    '{mission} materials experiment',
    [18, 30],
    'Printed brackets in a radiation beam, to see which of them we would dare to fly.',
    'mechanical',
    'payload',
  ),
  project(
    'cubesat',
    '{mission} weather pair',
    [24, 36],
    'Two identical one-unit satellites that listen to navigation signals through the atmosphere.',
  ),
  project(
    'internal',
    '{mission} handover library',
    [6, 18],
    'Recordings, checklists and a reading list, so that knowledge stays when people go.',
    'interdisciplinary',
    'other',
    'mission-ops',
    'software',
  ),
  project(
    'competition',
    '{mission} rocket payload',
    [9, 14],
    'Four kilograms to three kilometres and back, with data.',
    'payload',
    'electrical',
    'mechanical',
    'software',
  ),
  project(
    'contract-pursuit',
    '{mission} lunar rideshare bid',
    [6, 12],
    'Paper so far: forty pages, one mock-up and a very patient reviewer.',
    'systems',
    'interdisciplinary',
    'payload',
    'mechanical',
    'other',
  ),
];

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What tells missions of one name apart when there are more missions than names: Silver Kestrel. */
export const missionQualifiers = words(`
  Silver Northern Little Western Quiet Bright Second Amber High Blue Distant Early Late Coastal Inland Golden Grey Lone
  Winter Summer Autumn Spring Scarlet Violet Crimson Copper Iron Stone River Valley Harbor Mountain Prairie Desert Island
  Polar Southern Eastern Rising Hidden Steady Bold Kind Patient Young Old Great Star Moon Twin
`);

/** Names that missions are given. */
export const missionNames = words(`
  Kestrel Lantern Sandpiper Foxfire Juniper Plover Marigold Cricket Halo Compass Tern Ember Nightjar Thistle Beacon
  Sparrowhawk Cinder Larkspur Driftwood Curlew Firefly Windrose Heron Saffron Anemone Meadowlark Obsidian Wren Bramble
  Sextant Cobalt Osprey Tansy Merlin Zinnia Quill Cypress Avocet Lodestar Petrel Harrier Clover Dunlin Sable Sorrel
  Swift Bluebell Monarch Redstart Teasel Vireo Willet Aster Drumlin Fathom Gannet Hawthorn Kittiwake Linnet Nuthatch
`);
