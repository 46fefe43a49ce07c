import type { Tree } from './tree.ts';

/** Folders of the server's `src` that are not rooms. */
const besideServerRooms = ['platform', 'cli'];

/** Folders of the client's `src` that are not rooms: its building blocks, its words, and the pages of its shell. */
const besideWebRooms = ['app', 'api', 'ui', 'locales', 'home', 'settings'];

/** Rooms of the server that people meet only through the pages of other rooms. */
const roomsWithoutPages = ['analysis', 'archive', 'bulletins'];

/** Server and web client have the same rooms, and each is in the table of permitted edges. */
export function roomLists(tree: Tree, listed: readonly string[]): string[] {
  const server = foldersOf(tree, 'apps/server/src/').filter((name) => !besideServerRooms.includes(name));
  const web = foldersOf(tree, 'apps/web/src/').filter((name) => !besideWebRooms.includes(name));
  return [
    ...web.filter((room) => !server.includes(room)).map((room) => `apps/web/src/${room}: the server has no such room`),
    ...server
      .filter((room) => !web.includes(room) && !roomsWithoutPages.includes(room))
      .map((room) => `apps/server/src/${room}: the web client has no such room`),
    ...server
      .filter((room) => !listed.includes(room))
      .map((room) => `apps/server/src/${room}: missing in tools/permitted-edges.json`),
  ];
}

function foldersOf(tree: Tree, place: string): string[] {
  const below = tree.files.filter((file) => file.startsWith(place)).map((file) => file.slice(place.length).split('/'));
  return [...new Set(below.filter((parts) => parts.length > 1).map((parts) => parts[0] ?? ''))];
}
