import { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import { AppError } from '@jiapian/kernel';
import { open, type Entry, type ZipFile } from 'yauzl';

/** Limits of an upload, all archives in it together; beyond any of them nothing more of it is taken. */
export interface ArchiveLimits {
  entries: number;
  /** All entries unpacked, bytes. */
  unpackedBytes: number;
  /** Unpacked against packed size of the outermost archive: radiographs reach 10, an empty image 1000. */
  ratio: number;
  /** Below this unpacked size the ratio is not asked, bytes: it cannot hurt. */
  ratioFromBytes: number;
}

export const archiveLimits: ArchiveLimits = {
  entries: 100_000,
  unpackedBytes: 64 * 1024 ** 3,
  ratio: 200,
  ratioFromBytes: 256 * 1024 * 1024,
};

/** What the archives of one upload hold together: a hundred small ones inside one must not do what one large may not. */
export interface ArchiveTally {
  entries: number;
  unpackedBytes: number;
  /** Of the outermost archive; unknown until it is opened. */
  packedBytes: number | undefined;
}

export const emptyTally = (): ArchiveTally => ({ entries: 0, unpackedBytes: 0, packedBytes: undefined });

export interface ArchiveEntry {
  name: string;
  sizeBytes: number;
  open(): Promise<AsyncIterable<Buffer>>;
}

/**
 * The files of a ZIP archive, one after the other. The whole directory is judged before the first file is opened.
 * Throws `INTAKE_ARCHIVE_UNSAFE` with the reason, `INTAKE_TOO_LARGE` beyond a limit.
 */
export async function* readArchive(
  path: string,
  tally: ArchiveTally,
  limits: ArchiveLimits = archiveLimits,
): AsyncGenerator<ArchiveEntry> {
  const zip = await openArchive(path);
  try {
    const entries = await readDirectory(zip, tally, limits);
    const openStream = promisify(zip.openReadStream.bind(zip)) as (entry: Entry) => Promise<AsyncIterable<Buffer>>;
    for (const { entry, name } of entries) {
      yield { name, sizeBytes: entry.uncompressedSize, open: () => openStream(entry).catch(unreadable) };
    }
  } finally {
    zip.close();
  }
}

/** `PK` and the numbers of a local file, or of an archive without files. */
export const looksLikeArchive = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));

/** Names are judged here and not by the library, which knows no Chinese ones. */
const openArchive = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    const options = { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: true };
    open(path, options, (cause, zip) => (cause === null ? resolve(zip) : reject(unsafe('not-a-zip', cause))));
  });

const readDirectory = async (
  zip: ZipFile,
  tally: ArchiveTally,
  limits: ArchiveLimits,
): Promise<{ entry: Entry; name: string }[]> => {
  tally.entries += zip.entryCount;
  tally.packedBytes ??= zip.fileSize;
  if (tally.entries > limits.entries)
    throw new AppError('INTAKE_TOO_LARGE', { entries: tally.entries, limit: limits.entries });
  const files: { entry: Entry; name: string }[] = [];
  for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
    const name = entryName(entry);
    judgeEntry(entry, name);
    tally.unpackedBytes += entry.uncompressedSize;
    const { unpackedBytes, packedBytes } = tally;
    if (unpackedBytes > limits.unpackedBytes)
      throw new AppError('INTAKE_TOO_LARGE', { unpackedBytes, limit: limits.unpackedBytes });
    if (unpackedBytes > limits.ratioFromBytes && unpackedBytes > packedBytes * limits.ratio) {
      throw unsafe('unpacks-to-far-more-than-it-holds');
    }
    if (!name.endsWith('/')) files.push({ entry, name });
  }
  return files;
};

const nextEntry = (zip: ZipFile): Promise<Entry | undefined> =>
  new Promise((resolve, reject) => {
    const settle = (settled: () => void) => () => {
      zip.removeAllListeners();
      settled();
    };
    zip.once('entry', (entry: Entry) => settle(() => resolve(entry))());
    zip.once(
      'end',
      settle(() => resolve(undefined)),
    );
    zip.once('error', (cause) => settle(() => reject(unsafe('damaged', cause)))());
    zip.readEntry();
  });

const UTF8_FLAG = 0x0800;
const UNIX = 3;
const FILE_TYPE_MASK = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

/** UTF-8 when the entry says so; else what Chinese systems write. APPNOTE 4.4.4, bit 11. */
const entryName = (entry: Entry): string => {
  const bytes = entry.fileName as unknown as Buffer;
  const isUtf8 = (entry.generalPurposeBitFlag & UTF8_FLAG) !== 0;
  return new TextDecoder(isUtf8 ? 'utf-8' : 'gb18030').decode(bytes).replaceAll('\\', '/');
};

const judgeEntry = (entry: Entry, name: string): void => {
  if (name.startsWith('/') || /^[a-z]:/iu.test(name) || name.split('/').includes('..'))
    throw unsafe('name-leads-outside');
  if (entry.isEncrypted()) throw unsafe('encrypted');
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK;
  const isUnix = entry.versionMadeBy >>> 8 === UNIX;
  if (isUnix && type !== 0 && type !== REGULAR && type !== FOLDER) throw unsafe('link-or-device');
};

const unsafe = (reason: string, cause?: unknown): AppError => new AppError('INTAKE_ARCHIVE_UNSAFE', { reason }, cause);

const unreadable = (cause: unknown): never => {
  throw unsafe('damaged', cause);
};
