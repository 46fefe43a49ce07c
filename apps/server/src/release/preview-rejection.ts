import type { RejectionPreview } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { findNotedInstances } from './note-source.repository.ts';
import { findObjectsThere, type ObjectThere } from './rejection.repository.ts';
import { findDestinationsWithCircuit, findFilmInstances, findViewers } from './rejection-rows.repository.ts';

const VIEWERS_SHOWN = 20;
const OBJECTS_SHOWN = 200;

/** Exactly what rejecting a film would do at each archive; nothing is written. */
export const previewRejection = async (unit: UnitOfWork, filmId: string): Promise<RejectionPreview> => {
  const film = await findFilmInstances(unit, filmId);
  const [first] = film;
  if (!first) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const present = (await findObjectsThere(unit, first.exam_id)).filter(isShownThere);
  const rejected = new Set(film.map((row) => row.sop_instance_uid));
  const destinations = await findDestinationsWithCircuit(unit);
  const instances = await findNotedInstances(unit, [...rejected].slice(0, OBJECTS_SHOWN));
  const viewers = await findViewers(unit, first.exam_id, VIEWERS_SHOWN);
  return {
    examId: first.exam_id,
    rejected: film.length,
    unaffected: first.total - film.length,
    objects: instances.map((row) => ({
      sopInstanceUid: row.sop_instance_uid,
      seriesDescription: row.series_description ?? '',
      instanceNumber: row.instance_number,
    })),
    destinations: destinations.map((destination) => {
      const there = present.filter((row) => row.destination_id === destination.destination_id);
      const hidden = there.filter((row) => rejected.has(row.sop_instance_uid)).length;
      return {
        destinationId: destination.destination_id,
        name: destination.name,
        recipe: destination.reject_recipe,
        undo: destination.undo_recipe,
        isDown: destination.is_down,
        hidden,
        staying: there.length - hidden,
      };
    }),
    openedBy: viewers.map(({ name, at }) => ({ name, at: at.toISOString() })),
  };
};

/** What a correction has hidden there already is not hidden again. */
const isShownThere = (row: ObjectThere): boolean => row.is_present && (row.title === null || row.account_id !== null);
