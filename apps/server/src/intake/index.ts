export { createIntakeRoom } from './intake-room.ts';
