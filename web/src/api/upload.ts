/** Uploading one photo with progress; fetch does not report what has been sent, XHR does. */

import { ApiError, Unreachable, apiUrl, pause, problemOf, waitOf } from "@/api/client";
import type { Photo } from "@/api/types";

/** Progress from 0 to 1; at 1 the server is reading the picture. */
export type OnProgress = (share: number) => void;

export function uploadPhoto(
  file: File,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Photo> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", apiUrl("photos"));
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.upload.onload = () => onProgress(1);
    request.onload = () => {
      const { status } = request;
      const wait = waitOf(status, request.getResponseHeader("Retry-After"));
      if (status >= 200 && status < 300) resolve(request.response as Photo);
      else if (wait !== null && !signal.aborted)
        pause(wait)
          .then(() => uploadPhoto(file, onProgress, signal))
          .then(resolve, reject);
      else reject(new ApiError(status, problemOf(status, request.response)));
    };
    request.onerror = () => reject(new Unreachable("The server does not answer."));
    request.onabort = () => reject(new DOMException("Cancelled", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}
