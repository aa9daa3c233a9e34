/** What the server answers beside diagnostics. */
import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import type { KernelHost } from '../host.ts';
import type { ClientFacts } from './server.ts';
import type { Session } from './session.ts';

export interface FeatureInput {
  readonly connection: Connection;
  readonly session: Session;
  readonly client: ClientFacts;
  readonly kernel: KernelHost;
  readonly rules: string;
}

export const featureCapabilities: ServerCapabilities = {};

export function answerFeatures(_input: FeatureInput): void {}
