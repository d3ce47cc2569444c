/** What is dropped: files as they are, and of folders the pictures in them. */

const PICTURE =
  /\.(jpe?g|jfif|png|webp|tiff?|heic|heif|avif|dng|cr2|cr3|nef|nrw|arw|raf|orf|rw2|pef|srw|bmp|gif)$/i;

/** `name` is that of the one folder that was dropped. */
export type Dropped = { files: File[]; folders: number; name: string | null };

/** Must be called while the drop is being told; reading the folders then takes its time. */
export function dropped(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items].map((item) => (item.kind === "file" ? item.webkitGetAsEntry() : null));
  const found = entries.filter((entry) => entry !== null);
  if (!found.some((entry) => entry.isDirectory)) {
    return Promise.resolve({ files: [...transfer.files], folders: 0, name: null });
  }
  return gathered(found);
}

async function gathered(entries: FileSystemEntry[]): Promise<Dropped> {
  const files: File[] = [];
  for (const entry of entries) files.push(...(await filesOf(entry, true)));
  const folders = entries.filter((entry) => entry.isDirectory);
  return { files, folders: folders.length, name: (entries.length === 1 && folders[0]?.name) || null };
}

/** Files below an entry in the order of their names; in folders only pictures count. */
async function filesOf(entry: FileSystemEntry, asked: boolean): Promise<File[]> {
  if (entry.isFile) return asked || isPicture(entry.name) ? [await fileOf(entry as FileSystemFileEntry)] : [];
  const inside = await listed((entry as FileSystemDirectoryEntry).createReader());
  const files: File[] = [];
  for (const each of inside.sort(byName)) files.push(...(await filesOf(each, false)));
  return files;
}

/** Whether a file of a folder is taken; hidden ones are other programs' notes. */
export function isPicture(name: string): boolean {
  return !name.startsWith(".") && PICTURE.test(name);
}

const order = new Intl.Collator(undefined, { numeric: true });

function byName(a: FileSystemEntry, b: FileSystemEntry): number {
  return order.compare(a.name, b.name);
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives a hundred entries at a time, and none at the end. */
async function listed(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** A picture from the clipboard has no name of its own: browsers call every one `image.png`. */
export function named(file: File, name: string): File {
  if (!/^image\.\w+$/i.test(file.name)) return file;
  const ending = /\.\w+$/.exec(file.name)?.[0] ?? ".png";
  return new File([file], `${name}${ending}`, { type: file.type, lastModified: file.lastModified });
}
