import { CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server';
import type {
  ClientCapabilities,
  Implementation,
  McpServer,
  ServerContext,
} from '@modelcontextprotocol/server';
import { oneLine } from '../output/output.ts';

const longestName = 80;

/** The program that called: its name for the audit, and whether it can ask its person a question. */
export interface Client {
  name: string;
  canAsk: boolean;
}

/** What each request of the protocol of 2026 says of its sender; the library has checked it, and does not type it. */
interface Envelope {
  [CLIENT_INFO_META_KEY]?: Implementation;
  [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities;
}

/** Reads who calls: from the request in the protocol of 2026, from the handshake in that of 2025. */
export function clientOf({ server }: McpServer, { mcpReq }: ServerContext): Client {
  const envelope: Envelope = { ...mcpReq.envelope };
  const info = envelope[CLIENT_INFO_META_KEY] ?? server.getClientVersion();
  const capabilities = envelope[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities();
  const { elicitation } = capabilities ?? {};
  const name = oneLine(info?.title ?? info?.name ?? '').trim();
  return {
    name: name === '' ? 'Unnamed agent' : name.slice(0, longestName),
    // An empty object means forms, as in the first version of the protocol that had them.
    canAsk: elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined),
  };
}
