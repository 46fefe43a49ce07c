import type { CommandIo, ExitCode } from './command.ts';
import { withTool } from './open-tool.ts';
import { refuseArguments } from './refuse-arguments.ts';
import { verifyStore } from './verify-store.ts';

export const name = 'verify';
export const usage = '';
export const summary = {
  'zh-CN': '核对：每条记录都有字节且校验和一致，每个文件都有记录，审计链完整；列出缺失、损坏和外来的',
  en: 'checks that every row has its bytes with the right checksum, every file its row, and the audit chain is intact',
};

export const run = (args: string[], io: CommandIo): Promise<ExitCode> => {
  refuseArguments(args);
  return withTool(io, async (tool) => {
    const report = await verifyStore(tool);
    io.line(`objects ${report.objects}, bytes ${report.bytes}, waiting in the spool ${report.waiting}`);
    for (const { objectId, reason } of report.findings) io.line(`${reason}  ${objectId}`);
    for (const { hospitalId, isIntact, sealed, unsealed, firstBroken } of report.audit)
      io.line(
        isIntact
          ? `audit chain of ${hospitalId}: intact, ${sealed} sealed, ${unsealed} not yet sealed`
          : `audit chain of ${hospitalId}: BROKEN at entry ${firstBroken}`,
      );
    io.line(report.isClean ? 'clean' : 'NOT CLEAN');
    io.json(report);
    return report.isClean ? 0 : 1;
  });
};
