export const assistantPrograms = ['goose', 'claude', 'vscode'] as const;
export type Assistant = (typeof assistantPrograms)[number];

/** How an assistant connects to FRAMES: it starts a program, or sends requests to a running one. */
export type AgentConnection =
  | { kind: 'stdio'; command: string; args: readonly string[] }
  | { kind: 'http'; url: string; token: string };

/** Goose's timeout for a tool in seconds. Simulations and answers with confidence take long. */
const timeout = 300;

const headersOf = (token: string) => ({ Authorization: `Bearer ${token}` });

export function gooseExtension(connection: AgentConnection): Record<string, unknown> {
  const commonFields = { name: 'frames', enabled: true, timeout, description: 'A FRAMES workspace' };
  return connection.kind === 'stdio'
    ? { ...commonFields, type: 'stdio', cmd: connection.command, args: connection.args, envs: {} }
    : { ...commonFields, type: 'streamable_http', uri: connection.url, headers: headersOf(connection.token) };
}

/** The text for config.yaml. JSON is valid YAML, so values need no further escaping. */
function gooseText(connection: AgentConnection): string {
  const lines = Object.entries(gooseExtension(connection)).map(
    ([key, value]) => `    ${key}: ${JSON.stringify(value)}`,
  );
  return ['extensions:', '  frames:', ...lines].join('\n');
}

const serverEntry = (connection: AgentConnection): Record<string, unknown> =>
  connection.kind === 'stdio'
    ? { type: 'stdio', command: connection.command, args: connection.args }
    : { type: 'http', url: connection.url, headers: headersOf(connection.token) };

export function configurationFor(assistant: Assistant, connection: AgentConnection): string {
  if (assistant === 'goose') return gooseText(connection);
  const key = assistant === 'vscode' ? 'servers' : 'mcpServers';
  return JSON.stringify({ [key]: { frames: serverEntry(connection) } }, null, 2);
}

export const configurationFile: Readonly<Record<Assistant, string>> = {
  goose: '~/.config/goose/config.yaml (Windows: %APPDATA%\\Block\\goose\\config\\config.yaml)',
  claude: 'claude_desktop_config.json of Claude Desktop, or .mcp.json of Claude Code',
  vscode: '.vscode/mcp.json, or mcp.json of the profile',
};
