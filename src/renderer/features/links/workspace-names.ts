import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { RecentWorkspace } from '#shared/shell/workspace.ts';
import { keep, useSeat } from '../../stores/seat.ts';

/** Under which the seat keeps what the recent workspaces call themselves, by their entry: the shell knows their folders only. */
export const namesKey = 'workspaceNames';

const asNames = (item: Json | undefined): Readonly<Record<string, Json>> =>
  item !== undefined && isJsonObject(item) ? item : {};

/** Notes what the workspace that is open is called; of those that are no longer among the recent ones nothing is kept. */
export function noteName(name: string, recent: readonly RecentWorkspace[]): void {
  const place = recent.find(({ current }) => current)?.id;
  const names = asNames(useSeat.getState().items[namesKey]);
  if (place === undefined || names[place] === name) return;
  const known = Object.entries(names).filter(([id]) => recent.some((one) => one.id === id));
  keep(namesKey, { ...Object.fromEntries(known), [place]: name });
}

/** The recent workspaces by the names that they have; where two are called the same, with the folder that tells them apart. */
export function withNames(
  recent: readonly RecentWorkspace[],
  kept: Json | undefined,
): readonly RecentWorkspace[] {
  const names = asNames(kept);
  const nameOf = ({ id, name }: RecentWorkspace): string => {
    const known = names[id];
    return typeof known === 'string' && known !== '' ? known : name;
  };
  const all = recent.map(nameOf);
  return recent.map((one) => {
    const name = nameOf(one);
    const twice = all.filter((other) => other === name).length > 1;
    const within = twice ? (name === one.name ? one.within : one.name) : null;
    return { ...one, name, within };
  });
}

/** The recent workspaces that are given, by the names that they have, at this moment. */
export function namedNow(recent: readonly RecentWorkspace[]): readonly RecentWorkspace[] {
  return withNames(recent, useSeat.getState().items[namesKey]);
}
