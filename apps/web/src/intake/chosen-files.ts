/** A file that a person chose, with the folders it lay in. */
export interface ChosenFile {
  readonly fileKey: string;
  readonly path: string;
  readonly file: File;
}

/** The server keeps keys and names of at most these many characters. */
const KEY_MAX = 500;
const PATH_MAX = 1000;

/** The same file chosen again has the same key, so that what has arrived is not sent twice. */
export const fileKeyOf = (path: string, size: number, lastModified: number): string => {
  const tail = `|${size}|${lastModified}`;
  return `${path.slice(-(KEY_MAX - tail.length))}${tail}`;
};

export const chosenFile = (file: File, path: string): ChosenFile => ({
  file,
  path: path.slice(-PATH_MAX),
  fileKey: fileKeyOf(path, file.size, file.lastModified),
});

/** Files of an input; a chosen folder puts its path into `webkitRelativePath`. */
export const filesOfInput = (list: FileList): ChosenFile[] =>
  [...list].map((file) => chosenFile(file, file.webkitRelativePath || file.name));

/** Files and folders that were dropped, folders walked to their ends. */
export const filesOfDrop = async (transfer: DataTransfer): Promise<ChosenFile[]> => {
  // The items are gone after the first await: take every entry now.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found: ChosenFile[] = [];
  const open: FileSystemEntry[] = [...entries];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    if (isFile(entry)) found.push(chosenFile(await readFile(entry), entry.fullPath.replace(/^\//, '')));
    else if (isFolder(entry)) open.push(...(await readFolder(entry)));
  }
  return found;
};

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const readFile = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** A reader gives at most a hundred entries at a time, an empty list at the end. */
const readFolder = async (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all;
    all.push(...part);
  }
};
