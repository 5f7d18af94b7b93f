import { EngineClient, type Engine } from './client.ts';

/** The page's one engine. */
export const engine: Engine = new EngineClient();
