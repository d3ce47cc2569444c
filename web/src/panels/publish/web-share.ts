/** The device's own way to hand a file to other programs: phones have it, and some desktops. */

export function sharesFiles(): boolean {
  const device: Partial<Navigator> = navigator;
  const probe = new File([""], "a.jpg", { type: "image/jpeg" });
  return device.share !== undefined && (device.canShare?.({ files: [probe] }) ?? false);
}

/** What became of it: browsers want a fresh tap where making the file took long; some kinds no program takes. */
export type Sharing = "shared" | "again" | "refused";

export async function shareFile(file: File): Promise<Sharing> {
  const data = { files: [file] };
  if (!navigator.canShare(data)) return "refused";
  try {
    await navigator.share(data);
    return "shared";
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "AbortError") return "shared"; // the person thought better of it
    return name === "NotAllowedError" ? "again" : "refused";
  }
}
