import { parseAddress, printAddress } from './address.ts';
import { parseQuery, printQuery } from './query.ts';
import { recordIn } from './view.ts';
import type { Address, View } from './view.ts';

/** An address to be handed to somebody, and the workspace that it was copied in. */
export interface Link {
  address: Address;
  /** Id of the workspace, or null where the link names none. */
  workspace: string | null;
}

const part = 'ws';

const longest = 4000;

/** `frames://live/teams?sel=team_1&ws=0192…` */
export function printLink({ address, workspace }: Link): string {
  const text = printAddress(address);
  if (workspace === null) return text;
  return `${text}${text.includes('?') ? '&' : '?'}${printQuery([[part, workspace]])}`;
}

/** What a link from a view leads to: the record that is open, else the view as it is, with its search and filters. */
export function subjectOf(view: View): View {
  if (view.kind !== 'list') return view;
  if (view.panel?.kind === 'record') return recordIn(view.type, view.panel.id, view.panel.tab);
  return { ...view, panel: null };
}

/** A link leads somewhere and does nothing: not even the form of a new record is opened by it. */
function calm(view: View): View {
  return view.kind === 'list' && view.panel?.kind === 'new' ? { ...view, panel: null } : view;
}

/**
 * What a link says, or null for a text that is none. Systems and mail programs change links a little on their way: the case of the
 * scheme, a slash at the end of the path, blanks around it.
 */
export function parseLink(text: string): Link | null {
  const match = /^frames:\/\/([^?#]*)(?:\?([^#]*))?(?:#.*)?$/is.exec(text.trim());
  if (!match || text.length > longest) return null;
  const [, path = '', query = ''] = match;
  const pairs = parseQuery(query);
  const others = pairs.filter(([name]) => name !== part);
  const plain = `frames://${path.replace(/\/+$/, '')}${others.length > 0 ? `?${printQuery(others)}` : ''}`;
  const address = parseAddress(plain);
  if (!address) return null;
  const workspace = pairs.find(([name]) => name === part)?.[1];
  return { address: { ...address, view: calm(address.view) }, workspace: workspace || null };
}
