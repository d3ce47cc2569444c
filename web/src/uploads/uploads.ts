/** Photos on their way to the server: three at a time, each with its own progress and its own end. */

import i18next from "i18next";
import { create } from "zustand";
import { ApiError, Unreachable, postJson } from "@/api/client";
import { createProject } from "@/api/queries";
import type { Photo, Problem } from "@/api/types";
import { uploadPhoto } from "@/api/upload";
import { notify } from "@/kit/notices";
import { arrived, leaveOut, startFilm } from "@/uploads/film";

export type Upload = {
  id: number;
  file: File;
  /** 0 to 1; at 1 the server reads the picture. */
  share: number;
  state: "waiting" | "sending" | "done" | "failed";
  problem: Problem | null;
  abort: AbortController;
};

const PARALLEL = 3;

export const useUploads = create<{ list: Upload[]; dragging: boolean }>(() => ({
  list: [],
  dragging: false,
}));

let counter = 0;

function change(id: number, part: Partial<Upload>): void {
  useUploads.setState(({ list }) => ({
    list: list.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)),
  }));
}

/** Uploads photos and makes a project of each; a single one is opened, several as a strip. */
export function addFiles(files: File[], open: (project: string) => void): void {
  const added = files.map((file): Upload => {
    counter += 1;
    const abort = new AbortController();
    return { id: counter, file, share: 0, state: "waiting", problem: null, abort };
  });
  useUploads.setState(({ list }) => ({ list: [...list.filter((u) => u.state !== "done"), ...added] }));
  if (added.length > 1) startFilm(added.map(({ id }) => id));
  const only = added.length === 1;
  pump((project, upload) => {
    if (arrived(upload, project) || only) open(project);
  });
}

type Done = (project: string, upload: number) => void;

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
    const project = await createProject(photo);
    tell(photo);
    change(upload.id, { state: "done", share: 1 });
    forget(upload.id);
    done(project.id, upload.id);
  } catch (error) {
    if (upload.abort.signal.aborted) forget(upload.id);
    else change(upload.id, { state: "failed", problem: asProblem(error) });
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
  leaveOut((place) => place.upload === id && place.project === null);
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
