/** Photos on their way to the server: three at a time, each with its own progress and its own end. */

import i18next from "i18next";
import { useEffect } from "react";
import { create } from "zustand";
import { ApiError, Unreachable, postJson, saidOf } from "@/api/client";
import { type Place, createProject } from "@/api/queries";
import { createSet, deleteSet, photosKnown, refreshSet } from "@/api/sets";
import type { Photo, Problem } from "@/api/types";
import { uploadPhoto } from "@/api/upload";
import { clockTime } from "@/kit/i18n/format";
import { notify } from "@/kit/notices";

export type Upload = {
  id: number;
  file: File;
  /** 0 to 1; at 1 the server reads the picture. */
  share: number;
  state: "waiting" | "sending" | "done" | "failed";
  problem: Problem | null;
  /** The set that it comes into, or null where it stands alone. */
  within: Place | null;
  abort: AbortController;
};

const PARALLEL = 3;

type Uploads = {
  list: Upload[];
  dragging: boolean;
  /** The set whose page is open: what is dropped there comes into it. */
  into: string | null;
  /** How many photos are added to sets, from when the first of them was chosen until the last is there. */
  batch: { total: number };
};

export const useUploads = create<Uploads>(() => ({ list: [], dragging: false, into: null, batch: { total: 0 } }));

/** Photos that are added while this page is shown come into its set. */
export function useInto(set: string | null): void {
  useEffect(() => {
    useUploads.setState({ into: set });
    return () => useUploads.setState({ into: null });
  }, [set]);
}

let counter = 0;

function change(id: number, part: Partial<Upload>): void {
  useUploads.setState(({ list }) => ({
    list: list.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)),
  }));
}

/** Uploads photos and makes a project of each. Several become a set, called `name`; the first to arrive is opened. */
export function addFiles(files: File[], open: (project: string) => void, name: string | null = null): void {
  const { into } = useUploads.getState();
  if (into !== null) begin(files, { set: into, place: nextPlace(into) }, () => undefined);
  else if (files.length === 1) begin(files, null, open);
  else beginSet(files, open, name);
}

function beginSet(files: File[], open: (project: string) => void, name: string | null): void {
  const called = name ?? i18next.t("sets.newName", { date: clockTime(Date.now(), null, i18next.language) });
  createSet(called).then(
    (set) => {
      empty.add(set.id);
      begin(files, { set: set.id, place: 0 }, once(open));
    },
    (error: unknown) => {
      notify({ kind: "bad", text: saidOf(error, i18next.t("sets.notMade")) });
    },
  );
}

function begin(files: File[], first: Place | null, done: Done): void {
  const added = files.map((file, k): Upload => {
    counter += 1;
    const within = first && { set: first.set, place: first.place + k };
    const abort = new AbortController();
    return { id: counter, file, share: 0, state: "waiting", problem: null, within, abort };
  });
  if (first) {
    places.set(first.set, first.place + files.length);
    const going = useUploads.getState().list.some(({ within, problem }) => within && !problem);
    useUploads.setState(({ batch }) => ({ batch: { total: files.length + (going ? batch.total : 0) } }));
  }
  useUploads.setState(({ list }) => ({ list: [...list.filter((u) => u.state !== "done"), ...added] }));
  pump(done);
}

/** Where the next photo of a set goes, those on their way counted. */
const places = new Map<string, number>();

function nextPlace(set: string): number {
  return Math.max(places.get(set) ?? 0, ...photosKnown(set).map(({ place }) => place + 1));
}

function once(open: (project: string) => void): Done {
  let first = true;
  return (project) => {
    if (first) open(project);
    first = false;
  };
}

/** Sets that were made for photos of which none has arrived. */
const empty = new Set<string>();

/** A set whose photos were all refused or called off is none. */
function dropEmpty(set: string): void {
  const { list } = useUploads.getState();
  const coming = list.some(({ within, state }) => within?.set === set && (state === "waiting" || state === "sending"));
  if (coming || !empty.delete(set)) return;
  useUploads.setState({ list: list.map((upload) => (upload.within?.set === set ? { ...upload, within: null } : upload)) });
  deleteSet(set, false).catch(() => undefined);
}

const REFRESH_MS = 1500;
const stale = new Set<string>();

/** Of many photos that arrive, the set hears now and then. */
function refreshSoon(set: string): void {
  if (stale.has(set)) return;
  stale.add(set);
  setTimeout(() => {
    stale.delete(set);
    refreshSet(set);
  }, REFRESH_MS);
}

type Done = (project: string) => void;

function pump(done: Done): void {
  const { list } = useUploads.getState();
  const free = PARALLEL - list.filter((upload) => upload.state === "sending").length;
  for (const upload of list.filter((each) => each.state === "waiting").slice(0, free)) {
    change(upload.id, { state: "sending" });
    void send(upload, done).finally(() => pump(done));
  }
}

async function send(upload: Upload, done: Done): Promise<void> {
  try {
    const photo = await uploadPhoto(
      upload.file,
      (share) => change(upload.id, { share }),
      upload.abort.signal,
    );
    const project = await createProject(photo, upload.within);
    if (upload.within) {
      empty.delete(upload.within.set);
      refreshSoon(upload.within.set);
    }
    tell(photo);
    change(upload.id, { state: "done", share: 1 });
    forget(upload.id);
    done(project.id);
  } catch (error) {
    if (upload.abort.signal.aborted) forget(upload.id);
    else change(upload.id, { state: "failed", problem: asProblem(error) });
    if (upload.within) dropEmpty(upload.within.set);
  }
}

/** What is odd about a photo that was taken all the same, as the server says it. */
function tell(photo: Photo): void {
  for (const note of photo.warnings) {
    notify({ kind: "lasting", text: i18next.t("upload.note", { name: photo.name, note }), travels: true });
  }
}

function asProblem(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const code = error instanceof Unreachable ? "unreachable" : "internal";
  return { code, message: "", remedy: "" };
}

export function forget(id: number): void {
  useUploads.setState(({ list }) => ({ list: list.filter((upload) => upload.id !== id) }));
}

export function cancel(id: number): void {
  useUploads.getState().list.find((upload) => upload.id === id)?.abort.abort();
  forget(id);
}

export function retry(id: number, open: (project: string) => void): void {
  const upload = useUploads.getState().list.find((each) => each.id === id);
  if (!upload) return;
  change(id, { state: "waiting", problem: null, share: 0, abort: new AbortController() });
  pump(open);
}

/** Gives up all photos that are still on their way. */
export function cancelAll(): void {
  for (const { id, state } of useUploads.getState().list) if (state !== "failed") cancel(id);
}

/** Opens the sample portrait that the server carries. */
export async function openSample(open: (project: string) => void): Promise<void> {
  const photo = await postJson<Photo>("sample", {});
  open((await createProject(photo)).id);
}

const input = "freckle-file-input";

/** Opens the browser's file picker of the page. */
export function pickFiles(): void {
  document.getElementById(input)?.click();
}

export const FILE_INPUT_ID = input;

/** What the picker offers; the server decides by the bytes. */
export const ACCEPT =
  "image/*,.heic,.heif,.avif,.tif,.tiff,.dng,.cr2,.cr3,.nef,.arw,.raf,.orf,.rw2,.pef,.srw";
