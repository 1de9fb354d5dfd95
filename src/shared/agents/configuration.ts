/** The assistants for which FRAMES writes the configuration. */
export const assistants = ['goose', 'claude', 'vscode'] as const;
export type Assistant = (typeof assistants)[number];

/** How an assistant reaches FRAMES: it starts a program, or sends requests to one that runs. */
export type Door =
  | { kind: 'stdio'; command: string; args: readonly string[] }
  | { kind: 'http'; url: string; token: string };

/** Seconds that Goose waits for a tool: simulations and answers with confidence take long. */
const timeout = 300;

const headersOf = (token: string) => ({ Authorization: `Bearer ${token}` });

/** One extension of Goose, as its config.yaml has it. */
export function gooseExtension(door: Door): Record<string, unknown> {
  const shared = { name: 'frames', enabled: true, timeout, description: 'A FRAMES workspace' };
  return door.kind === 'stdio'
    ? { ...shared, type: 'stdio', cmd: door.command, args: door.args, envs: {} }
    : { ...shared, type: 'streamable_http', uri: door.url, headers: headersOf(door.token) };
}

/** The text for config.yaml. JSON is YAML too, so that values need no escaping of their own. */
function gooseText(door: Door): string {
  const lines = Object.entries(gooseExtension(door)).map(
    ([key, value]) => `    ${key}: ${JSON.stringify(value)}`,
  );
  return ['extensions:', '  frames:', ...lines].join('\n');
}

const serverEntry = (door: Door): Record<string, unknown> =>
  door.kind === 'stdio'
    ? { type: 'stdio', command: door.command, args: door.args }
    : { type: 'http', url: door.url, headers: headersOf(door.token) };

/** What to paste into the configuration of an assistant. */
export function configurationFor(assistant: Assistant, door: Door): string {
  if (assistant === 'goose') return gooseText(door);
  const key = assistant === 'vscode' ? 'servers' : 'mcpServers';
  return JSON.stringify({ [key]: { frames: serverEntry(door) } }, null, 2);
}

/** The file of each assistant's configuration. */
export const configurationFile: Readonly<Record<Assistant, string>> = {
  goose: '~/.config/goose/config.yaml (Windows: %APPDATA%\\Block\\goose\\config\\config.yaml)',
  claude: 'claude_desktop_config.json of Claude Desktop, or .mcp.json of Claude Code',
  vscode: '.vscode/mcp.json, or mcp.json of the profile',
};
