export const panelTabs = ['details', 'code', 'members', 'links', 'notes', 'history'] as const;
export type PanelTab = (typeof panelTabs)[number];
export type Panel = { kind: 'record'; id: string; tab: PanelTab } | { kind: 'new' } | null;
