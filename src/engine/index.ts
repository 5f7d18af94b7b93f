import type { RestorationApi } from '../../contract/worker-api.ts';
import { EngineClient } from './client.ts';

/** The page's one engine. */
export const engine: RestorationApi = new EngineClient();
