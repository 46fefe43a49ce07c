import { randomUUID } from 'node:crypto';
import type { destinationRequest } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { z } from 'zod';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import {
  findDestination,
  insertDestination,
  updateDestination,
  type DestinationRow,
} from './destination.repository.ts';

/** Adds a destination or changes one; the secret stays when none is given. */
export const saveDestination = async (
  unit: UnitOfWork,
  by: AuditActor,
  destinationId: string | null,
  request: z.output<typeof destinationRequest>,
): Promise<DestinationRow> => {
  const values = {
    name: request.name,
    kind: request.kind,
    is_enabled: request.isEnabled,
    reject_recipe: request.rejectRecipe,
    undo_recipe: request.undoRecipe,
    confirmation: request.confirmation,
    forward_rules: JSON.stringify(request.forwardRules),
    coercion: JSON.stringify(request.coercion),
    ae_title: request.kind === 'dimse' ? request.aeTitle : '',
    host: request.kind === 'dimse' ? request.host : '',
    port: request.kind === 'dimse' ? request.port : null,
    uses_tls: request.kind === 'dimse' && request.usesTls,
    url: request.kind === 'stow' ? request.url : '',
    ...(request.kind === 'stow' && request.secret !== undefined && { secret: request.secret }),
  };
  const id = destinationId ?? randomUUID();
  if (destinationId === null) await insertDestination(unit, id, values);
  else {
    const before = await requireDestination(unit, id);
    if (!(await updateDestination(unit, id, values, request.version ?? before.version)))
      throw new AppError('ORGANIZATION_STALE_VERSION', { version: before.version });
  }
  const { name, kind, host, port, url } = values;
  await recordEntry(unit, by, {
    action: 'release.destination-saved',
    subjectKind: 'destination',
    subjectId: id,
    facts: {
      name,
      kind,
      host,
      port,
      url,
      isEnabled: request.isEnabled,
      rejectRecipe: request.rejectRecipe,
      undoRecipe: request.undoRecipe,
      confirmation: request.confirmation,
      forwardRules: request.forwardRules,
      coercion: request.coercion,
    },
  });
  return requireDestination(unit, id);
};

export const requireDestination = async (unit: UnitOfWork, destinationId: string): Promise<DestinationRow> => {
  const destination = await findDestination(unit, destinationId);
  if (!destination) throw new AppError('RELEASE_DESTINATION_NOT_FOUND');
  return destination;
};
