import type { ModelId } from '../../contract/models.ts';
import type { PictureId } from '../../contract/picture.ts';
import { fail, type Result } from '../../contract/result.ts';
import type { Recipe, RunReport } from '../../contract/run.ts';
import type { RunDelegate, ViewTileRequest } from '../../contract/worker-api.ts';
import { engine } from '../engine/index.ts';
import { applyEvent, nextQueued, type FinishedResult } from './entries.ts';
import { isActive, isWaiting, sameRecipe, type JobEvent } from './job.ts';
import { addArrival, beginCoverage, completeCoverage, coverageOf, restoreCoverage, type Coverage } from './layers.ts';
import { followView } from './look.ts';
import { clearNotice } from './notice.ts';
import { recipeOf } from './settings.ts';
import { loadModels } from './start.ts';
import { get, manifests, set, type State } from './store.ts';
import { emptyTrash, planWithRoom } from './trash.ts';

/** Part of the shown picture that is on screen, 0..1 of each side: its tiles are restored first. */
export type VisiblePart = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

let visiblePart: () => VisiblePart | null = () => null;

/** The viewer tells here how to ask what is on screen. */
export function provideVisiblePart(ask: () => VisiblePart | null): void {
  visiblePart = ask;
}

const send = (id: PictureId, event: JobEvent): void =>
  set((state) => ({ entries: applyEvent(state.entries, id, event) }));

/** Queues the shown picture, or every picture whose result is not this recipe's already, and starts working. */
export const restore = (): void => queue('shown too');

/** The same, but leaves the shown picture alone too when its result is this recipe's already: a stray key loses nothing. */
export const restoreChanged = (): void => queue('changed only');

/** Queues the shown picture behind what is being worked on, and no other. */
export const restoreShown = (): void => queue('shown only');

function queue(which: 'shown too' | 'changed only' | 'shown only'): void {
  const state = get();
  const recipe = recipeOf(state.settings, manifests(state));
  if (recipe === null) return;
  const chosen = state.entries.filter(({ id, result }) => {
    const shown = id === state.selected;
    const fresh = result !== null && isFresh(result, recipe, state);
    if (shown) return which !== 'changed only' || !fresh;
    return which !== 'shown only' && state.everyPicture && !fresh;
  });
  if (chosen.length === 0) return;
  clearNotice();
  emptyTrash();
  for (const { id } of chosen) send(id, { kind: 'queue', recipe });
  work();
}

/** True when a result was made by this recipe with the weights that are chosen now. */
export function isFresh(result: FinishedResult, recipe: Recipe, { models }: Pick<State, 'models'>): boolean {
  const chosen = (model: ModelId): string | undefined =>
    models.kind === 'ready' ? models.list.find((state) => state.manifest.id === model)?.chosen : undefined;
  return (
    sameRecipe(result.recipe, recipe) && result.report.steps.every((step) => step.weights.id === chosen(step.model))
  );
}

/** Works through the queue, the shown picture first, one run at a time; a failed one does not stop the rest. */
export function work(): void {
  const { entries, selected } = get();
  const shown = entries.find((entry) => entry.id === selected && entry.job.kind === 'queued');
  const next = entries.some((entry) => isActive(entry.job)) ? undefined : (shown ?? nextQueued(entries));
  if (next?.job.kind === 'queued') void runOne(next.id, next.job.recipe);
}

async function runOne(picture: PictureId, recipe: Recipe): Promise<void> {
  const job = crypto.randomUUID();
  const before = coverageOf(picture);
  send(picture, { kind: 'plan', id: job });
  const result = await planAndRun(picture, recipe, job);
  if (result.ok) completeCoverage(picture, result.value.output);
  else restoreEarlier(picture, before);
  send(picture, { kind: 'end', id: job, result });
  work();
  void loadModels();
}

/** A run that came to nothing leaves the earlier result on screen, if it is there still: a crash loses it. */
function restoreEarlier(picture: PictureId, before: Coverage | undefined): void {
  const entry = get().entries.find((candidate) => candidate.id === picture);
  if (entry !== undefined) restoreCoverage(picture, entry.result === null ? undefined : before);
}

async function planAndRun(picture: PictureId, recipe: Recipe, job: string): Promise<Result<RunReport>> {
  const onScreen = (): VisiblePart | null => (get().selected === picture ? visiblePart() : null);
  const view = onScreen();
  const request = { picture, recipe, backend: 'auto', ...(view === null ? {} : { view }) } as const;
  const plan = await planWithRoom(request);
  if (!plan.ok) return plan;
  send(picture, { kind: 'run' });
  // Cancelled while it was being planned: there is nothing to stop.
  const current = get().entries.find((entry) => entry.id === picture)?.job;
  if (current?.kind !== 'running') return fail('cancelled', 'The run was cancelled.');
  beginCoverage(picture, plan.value.output);
  const delegate: RunDelegate = {
    onProgress: (progress) => send(picture, { kind: 'progress', id: job, progress }),
    onTile: (rect, output) => {
      // One that comes after a cancel belongs to no result that is shown.
      if (isWorkedOn(picture, job)) addArrival(picture, rect, output);
    },
  };
  const ran = engine.run(job, request, delegate);
  followView(job, onScreen, view, ran);
  return ran;
}

function isWorkedOn(picture: PictureId, id: string): boolean {
  const job = get().entries.find((entry) => entry.id === picture)?.job;
  return job !== undefined && isActive(job) && job.id === id;
}

/** Stops one picture's work and takes it out of the queue. Resolves when the arithmetic has stopped. */
export async function cancelPicture(picture: PictureId): Promise<void> {
  const job = get().entries.find((entry) => entry.id === picture)?.job;
  if (job === undefined || !isWaiting(job)) return;
  send(picture, { kind: 'cancel' });
  if (isActive(job) && job.kind !== 'planning') await engine.cancel(job.id);
}

/** Stops the run and empties the queue; finished pictures keep their results. */
export async function cancelAll(): Promise<void> {
  clearNotice();
  const waiting = get().entries.filter((entry) => isWaiting(entry.job));
  // The queued ones first, or the next would start as soon as the running one ends.
  waiting.sort((a, b) => Number(isActive(a.job)) - Number(isActive(b.job)));
  for (const entry of waiting) await cancelPicture(entry.id);
}

/** A display tile of the worker's; used by the viewer. */
export const tile = (request: ViewTileRequest) => engine.tile(request);
