import { describe, expect, it } from "vitest";
import { dropped, isPicture, named } from "@/uploads/dropped";

function file(name: string): FileSystemEntry {
  const entry = { isFile: true, isDirectory: false, name, file: (take: (file: File) => void) => take(new File(["x"], name)) };
  return entry as unknown as FileSystemEntry;
}

function folder(name: string, ...inside: FileSystemEntry[]): FileSystemEntry {
  const batches = [inside.slice(0, 2), inside.slice(2), []];
  const createReader = () => ({ readEntries: (take: (some: FileSystemEntry[]) => void) => take(batches.shift() ?? []) });
  return { isFile: false, isDirectory: true, name, createReader } as unknown as FileSystemEntry;
}

function transfer(...entries: FileSystemEntry[]): DataTransfer {
  const items = entries.map((entry) => ({ kind: "file", webkitGetAsEntry: () => entry }));
  return { items, files: entries.map(({ name }) => new File(["x"], name)) } as unknown as DataTransfer;
}

describe("what is dropped", () => {
  it("is the pictures of a folder, in the order of their names, those in folders below, too", async () => {
    const shoot = folder("shoot", file("p10.jpg"), file("p9.jpg"), file("notes.txt"), file("._p9.jpg"), folder("raw", file("p1.dng")));
    const { files, folders, name } = await dropped(transfer(shoot));
    expect(name).toBe("shoot");
    expect(files.map(({ name }) => name)).toEqual(["p9.jpg", "p10.jpg", "p1.dng"]);
    expect(folders).toBe(1);
  });

  it("is any single file, whatever its name: the server knows by its bytes", async () => {
    const { files } = await dropped(transfer(file("portrait"), folder("empty")));
    expect(files.map(({ name }) => name)).toEqual(["portrait"]);
    expect(isPicture("portrait")).toBe(false);
  });
});

describe("a pasted picture", () => {
  it("gets a name of its own, and a copied file keeps its name", () => {
    expect(named(new File(["x"], "image.png"), "Pasted 30 Nov, 10:02").name).toBe("Pasted 30 Nov, 10:02.png");
    expect(named(new File(["x"], "anna.jpg"), "Pasted").name).toBe("anna.jpg");
  });
});
