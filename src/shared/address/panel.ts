/** What stands beside a grid or the network: one record with one of its tabs, or the form of a new record. */
export const panelTabs = ['details', 'members', 'links', 'notes', 'history'] as const;
export type PanelTab = (typeof panelTabs)[number];
export type Panel = { kind: 'record'; id: string; tab: PanelTab } | { kind: 'new' } | null;
