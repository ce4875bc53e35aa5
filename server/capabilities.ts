// What the server can do, as it says so to a client.
import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver';

export function featureCapabilities(client: ClientCapabilities): Partial<ServerCapabilities> {
  void client;
  return {
    hoverProvider: true,
  };
}
