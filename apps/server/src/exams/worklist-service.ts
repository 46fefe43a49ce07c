import { decodeJson, encodeJson } from '@jiapian/dicom';
import { commandFields, serviceClasses, statuses } from '@jiapian/dicom/network';
import type { Clock } from '@jiapian/kernel';
import { recordEntry, systemActor } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { OperationService } from '../platform/dimse-operations.ts';
import { firstHospital } from './first-hospital.ts';
import { worklistItemOf, worklistKeysOf } from './worklist-items.ts';
import { findWorklist } from './worklist.repository.ts';

/** Items that one query gets at most; a modality asks for its own day. [PD] */
const ITEMS_MAX = 500;

/** Modality worklist as SCP (PS3.4 annex K): the orders that are expected, for findscu and consoles. */
export const worklistService = ({ database }: { database: Database; clock: Clock }): OperationService => ({
  abstractSyntax: serviceClasses.worklist.uid,
  answer: async ({ command, dataset, transferSyntax, caller }, link) => {
    if (command.CommandField !== commandFields.findRequest)
      return { command: { Status: statuses.unrecognizedOperation } };
    const keys = worklistKeysOf(decodeJson(dataset, transferSyntax));
    const hospitalId = await firstHospital(database);
    const rows = await database.withHospital(hospitalId, async (unit) => {
      const found = await findWorklist(unit, keys, ITEMS_MAX);
      await recordEntry(unit, systemActor(`modality ${caller.callingAeTitle}`), {
        action: 'exams.worklist-read',
        subjectKind: 'orders',
        subjectId: 'list',
        facts: { items: found.length },
      });
      return found;
    });
    for (const row of rows) {
      if (link.signal.aborted) return { command: { Status: statuses.cancelled } };
      const item = encodeJson(worklistItemOf(row), transferSyntax);
      link.answerPending({ command: { Status: statuses.pending }, dataset: item });
    }
    return { command: { Status: statuses.success } };
  },
});
