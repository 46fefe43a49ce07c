import type { TransitionTable } from '@jiapian/kernel';

/**
 * `expected` nothing has happened yet; `started` the modality has begun; `arrived` images are here; `done` nothing more
 * will come; `cancelled` the ward took it back; `discontinued` the modality gave up.
 */
export const orderStates = ['expected', 'started', 'arrived', 'done', 'cancelled', 'discontinued'] as const;
/** One state of an order. */
export type OrderState = (typeof orderStates)[number];

/** What can happen to an order: `renewed` its sender orders it (again), the rest comes from sender, modality and register. */
export const orderEvents = [
  'renewed',
  'cancelled',
  'started',
  'discontinued',
  'images-arrived',
  'images-left',
  'completed',
] as const;
/** One event of an order. */
export type OrderEvent = (typeof orderEvents)[number];

/**
 * The life of one order (申请单). What has been exposed cannot be cancelled on paper: a cancellation that comes after
 * the first image changes nothing. Images for a cancelled or discontinued order are taken in, and the order says so.
 * When a correction says that they are another's, its patient is waited for again, whatever the modality has reported.
 */
export const orderTable: TransitionTable<OrderState, OrderEvent> = Object.freeze({
  expected: Object.freeze({
    renewed: 'expected',
    cancelled: 'cancelled',
    started: 'started',
    discontinued: 'discontinued',
    'images-arrived': 'arrived',
    completed: 'done',
  }),
  started: Object.freeze({
    renewed: 'started',
    cancelled: 'cancelled',
    started: 'started',
    discontinued: 'discontinued',
    'images-arrived': 'arrived',
    completed: 'done',
  }),
  arrived: Object.freeze({
    renewed: 'arrived',
    started: 'arrived',
    discontinued: 'discontinued',
    'images-arrived': 'arrived',
    'images-left': 'expected',
    completed: 'done',
  }),
  done: Object.freeze({
    renewed: 'done',
    started: 'done',
    'images-arrived': 'arrived',
    'images-left': 'expected',
    completed: 'done',
  }),
  cancelled: Object.freeze({
    renewed: 'expected',
    cancelled: 'cancelled',
    started: 'started',
    'images-arrived': 'arrived',
  }),
  discontinued: Object.freeze({
    renewed: 'expected',
    cancelled: 'cancelled',
    started: 'started',
    discontinued: 'discontinued',
    'images-arrived': 'arrived',
  }),
});

/** States in which the department still waits for something of an order. */
export const openOrderStates: readonly OrderState[] = ['expected', 'started'];
