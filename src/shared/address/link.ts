import { parseAddress, printAddress } from './address.ts';
import { parseQuery, printQuery } from './query.ts';
import { listWithRecord } from './view.ts';
import type { Address, View } from './view.ts';

/** An address to share, and the workspace that it was copied from. */
export interface Link {
  address: Address;
  /** Id of the workspace; null if the link has none. */
  workspace: string | null;
}

const workspaceKey = 'ws';

const maxLinkLength = 4000;

/** `frames://live/teams?sel=team_1&ws=0192…` */
export function printLink({ address, workspace }: Link): string {
  const text = printAddress(address);
  if (workspace === null) return text;
  return `${text}${text.includes('?') ? '&' : '?'}${printQuery([[workspaceKey, workspace]])}`;
}

/** The target of a link from a view: the open record, else the view with its search and filters. */
export function viewForLink(view: View): View {
  if (view.kind !== 'list') return view;
  if (view.panel?.kind === 'record') return listWithRecord(view.type, view.panel.id, view.panel.tab);
  return { ...view, panel: null };
}

/** Removes actions from a view: a link only navigates and does not open the form of a new record. */
function withoutActions(view: View): View {
  return view.kind === 'list' && view.panel?.kind === 'new' ? { ...view, panel: null } : view;
}

/** Parses a link; null if the text is not a valid one. Tolerates changes by mail programs: case of the scheme, a slash, blanks. */
export function parseLink(text: string): Link | null {
  const match = /^frames:\/\/([^?#]*)(?:\?([^#]*))?(?:#.*)?$/is.exec(text.trim());
  if (!match || text.length > maxLinkLength) return null;
  const [, path = '', query = ''] = match;
  const pairs = parseQuery(query);
  const otherPairs = pairs.filter(([name]) => name !== workspaceKey);
  const addressText = `frames://${path.replace(/\/+$/, '')}${otherPairs.length > 0 ? `?${printQuery(otherPairs)}` : ''}`;
  const address = parseAddress(addressText);
  if (!address) return null;
  const workspace = pairs.find(([name]) => name === workspaceKey)?.[1];
  return { address: { ...address, view: withoutActions(address.view) }, workspace: workspace || null };
}
