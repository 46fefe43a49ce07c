export { createIntakeRoom, type IntakeParts } from './intake-room.ts';
