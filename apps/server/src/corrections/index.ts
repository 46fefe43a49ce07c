export { createCorrectionsRoom } from './corrections-room.ts';
