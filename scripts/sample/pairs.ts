import type { Setting } from './bonds.ts';
import type { Dice } from './dice.ts';
import type { SampleFaculty, SampleProject, SampleTeam, SampleUniversity, World } from './world.ts';

/** Two parties that will be joined. */
export interface Pair {
  from: string;
  to: string;
  type: 'team-to-team' | 'team-to-faculty' | 'team-to-project' | 'faculty-to-faculty';
  setting: Setting;
}

/** The people and teams of one university. */
export interface Campus {
  university: SampleUniversity;
  teams: SampleTeam[];
  faculty: SampleFaculty[];
  projects: SampleProject[];
}

export function campusesOf(world: World): Campus[] {
  const campuses = world.universities.map((university): Campus => ({
    university,
    teams: [],
    faculty: [],
    projects: [],
  }));
  const byUniversity = new Map(campuses.map((campus) => [campus.university, campus]));
  for (const team of world.teams) byUniversity.get(team.university)?.teams.push(team);
  for (const person of world.faculty) byUniversity.get(person.university)?.faculty.push(person);
  for (const project of world.projects) {
    if (project.university) byUniversity.get(project.university)?.projects.push(project);
  }
  return campuses;
}

/** Two teams of one campus, preferably of different disciplines. */
export function teammates(dice: Dice, campus: Campus): Pair {
  const from = dice.pick(campus.teams);
  let to = dice.pick(campus.teams);
  if (to.discipline === from.discipline) to = dice.pick(campus.teams);
  return { from: from.id, to: to.id, type: 'team-to-team', setting: settingOf(from, to) };
}

/** Two teams of different campuses, most often of the same trade. */
export function colleagues(dice: Dice, campuses: readonly Campus[]): Pair {
  const from = dice.pick(dice.pick(campuses).teams);
  const others = dice.pick(campuses).teams;
  const same = others.filter(({ discipline }) => discipline === from.discipline);
  const to = same.length > 0 && dice.chance(0.7) ? dice.pick(same) : dice.pick(others);
  return { from: from.id, to: to.id, type: 'team-to-team', setting: 'campuses' };
}

/** A team and somebody who advises it. */
export function advised(dice: Dice, campus: Campus, place: number): Pair {
  const team = campus.teams[place % campus.teams.length] as SampleTeam;
  return { from: team.id, to: dice.pick(campus.faculty).id, type: 'team-to-faculty', setting: 'advice' };
}

/** A team and the project it works for; when asked again, another project within its reach. */
export function delivering(dice: Dice, world: World, campus: Campus, place: number): Pair {
  const team = campus.teams[place % campus.teams.length] as SampleTeam;
  const shared = world.projects[dice.int(0, world.plan.sharedProjects - 1)] as SampleProject;
  const reach = campus.projects.length > 0 && dice.chance(0.6) ? dice.pick(campus.projects) : shared;
  const project = place < campus.teams.length ? (team.project ?? reach) : reach;
  return { from: team.id, to: project.id, type: 'team-to-project', setting: 'delivery' };
}

/** Two members of the faculty, of one campus or of two. */
export function peersOf(dice: Dice, campuses: readonly Campus[]): Pair {
  const near = dice.pick(campuses).faculty;
  const far = dice.chance(0.6) ? dice.pick(campuses).faculty : near;
  return { from: dice.pick(near).id, to: dice.pick(far).id, type: 'faculty-to-faculty', setting: 'advice' };
}

function settingOf(from: SampleTeam, to: SampleTeam): Setting {
  if (from.lifecycle === to.lifecycle) return 'peers';
  return from.lifecycle !== 'established' && to.lifecycle !== 'established' ? 'generations' : 'neighbours';
}
