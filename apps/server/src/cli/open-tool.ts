import { AppError } from '@jiapian/kernel';
import { listHospitalIds } from '../platform/each-hospital.ts';
import { openToolPlatform, type ToolPlatform } from '../platform/tool-platform.ts';
import { readSettings } from '../platform/settings.ts';
import type { CommandIo } from './command.ts';

/** Opens the database beside a running server or without one, for the length of `work`. */
export const withTool = async <Value>(io: CommandIo, work: (tool: ToolPlatform) => Promise<Value>): Promise<Value> => {
  const tool = await openToolPlatform(readSettings(io.environment));
  try {
    return await work(tool);
  } finally {
    await tool.close();
  }
};

/** The hospital a command acts on: the only one, or the one named by `--hospital`. */
export const hospitalOf = async (tool: ToolPlatform, named: string | undefined): Promise<string> => {
  const ids = await listHospitalIds(tool.database);
  const chosen = named === undefined ? ids : ids.filter((id) => id === named);
  const [only] = chosen;
  if (only === undefined || chosen.length > 1)
    throw new AppError('COMMAND_USE_WRONG', {
      reason: `name one hospital with --hospital: ${ids.join(', ') || 'none yet'}`,
    });
  return only;
};
