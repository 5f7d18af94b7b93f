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
import { recipeNow, recipeOf } from './settings.ts';
import { loadModels } from './start.ts';
import { chosenWeights, get, manifests, set, type State } from './store.ts';
import { emptyTrash, planEmptyingTrash } from './trash.ts';

/** Part of the shown picture that is on screen, 0..1 of each side: its tiles are restored first. */
export type VisiblePart = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

let visiblePart: () => VisiblePart | null = () => null;

/** The viewer tells here how to ask what is on screen. */
export function provideVisiblePart(ask: () => VisiblePart | null): void {
  visiblePart = ask;
}

const BEGAN_ANEW = 'The background worker crashed, and the run began anew in another.';

const send = (id: PictureId, event: JobEvent): void =>
  set((state) => ({ entries: applyEvent(state.entries, id, event) }));

interface Candidate {
  readonly shown: boolean;
  /** Its result is what the settings would make again. */
  readonly fresh: boolean;
  /** "All pictures" is chosen. */
  readonly all: boolean;
}

/** Queues the shown picture, and where all are meant every other one that is not fresh, and starts working. */
export const restore = (): void => queue(({ shown, fresh, all }) => shown || (all && !fresh));

/** The same, but leaves the shown picture alone too when it is fresh: a stray key loses nothing. */
export const restoreUnlessFresh = (): void => queue(({ shown, fresh, all }) => !fresh && (shown || all));

/** Queues the shown picture behind what is being worked on, and no other. */
export const queueShown = (): void => queue(({ shown }) => shown);

function queue(isMeant: (candidate: Candidate) => boolean): void {
  const state = get();
  const recipe = recipeOf(state.settings, manifests(state));
  if (recipe === null) return;
  const meant = state.entries.filter(({ id, result }) => {
    const fresh = result !== null && isFresh(result, recipe, state);
    return isMeant({ shown: id === state.selected, fresh, all: state.everyPicture });
  });
  if (meant.length === 0) return;
  clearNotice();
  emptyTrash();
  for (const { id } of meant) send(id, { kind: 'queue', recipe });
  work();
}

/** True when a result was made by this recipe with the weights that are chosen now. */
export function isFresh(result: FinishedResult, recipe: Recipe, state: Pick<State, 'models'>): boolean {
  const chosen = chosenWeights(state);
  return (
    sameRecipe(result.recipe, recipe) && result.report.steps.every((step) => step.weights.id === chosen[step.model])
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
  const result = await runDespiteCrash(picture, recipe, job);
  if (result.ok) completeCoverage(picture, result.value.output);
  else restoreEarlier(picture, before);
  send(picture, { kind: 'end', id: job, result });
  work();
  void loadModels();
}

/**
 * A crash of the worker takes the pixels of the run along. The engine opens the picture again in a new worker; there the
 * run begins anew by itself, once: what kills two workers would kill a third.
 */
async function runDespiteCrash(picture: PictureId, recipe: Recipe, job: string): Promise<Result<RunReport>> {
  const first = await planAndRun(picture, recipe, job);
  const crashed = !first.ok && first.error.code === 'worker-crashed';
  if (!crashed || !isWorkedOn(picture, job)) return first;
  const second = await planAndRun(picture, recipe, job);
  return second.ok ? { ok: true, value: { ...second.value, events: [BEGAN_ANEW, ...second.value.events] } } : second;
}

/** A run that came to nothing leaves the earlier result on screen, if it is there still: a crash loses it. */
function restoreEarlier(picture: PictureId, before: Coverage | undefined): void {
  const entry = get().entries.find((candidate) => candidate.id === picture);
  if (entry !== undefined) restoreCoverage(picture, entry.result === null ? undefined : before);
}

async function planAndRun(picture: PictureId, queued: Recipe, job: string): Promise<Result<RunReport>> {
  // A run uses the weights that are chosen when it begins, also those that another tab chose: the page is to name them.
  await loadModels();
  const recipe = recipeNow(queued, manifests(get()));
  const weights = chosenWeights(get());
  const onScreen = (): VisiblePart | null => (get().selected === picture ? visiblePart() : null);
  const view = onScreen();
  const request = { picture, recipe, weights, backend: 'auto', ...(view === null ? {} : { view }) } as const;
  const plan = await planEmptyingTrash(request);
  if (!plan.ok) return plan;
  send(picture, { kind: 'run', recipe });
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
