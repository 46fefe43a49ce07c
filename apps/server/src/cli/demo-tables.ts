import type { ParameterDevice, ParameterTableView } from '@jiapian/contract';
import { demoStaff, positions, type PositionSpec } from '@jiapian/simulator';
import { signInTo } from './demo-client.ts';

/** Films are graded by people: before that a table is written by hand, and these devices have one from the start. */
const devicesWithTable = ['DR-1', 'DR-2', 'DR-3'] as const;
const leader = 'L001';

/** A parameter table for the fixed X-ray devices, signed by each owner and the team leader as people sign. */
export const makeDemoTables = async (baseUrl: string, password: string): Promise<void> => {
  const asLeader = await signInTo(baseUrl, leader, password);
  const { items } = await asLeader.get<{ items: ParameterDevice[] }>('/protocols/devices');
  for (const name of devicesWithTable) {
    const device = items.find((one) => one.name === name);
    const owner = demoStaff.find(({ chineseName }) => chineseName === device?.ownerName);
    if (!device || !owner) continue;
    const begun = await asLeader.post<ParameterTableView>(`/protocols/devices/${device.deviceId}/tables`, {
      from: 'empty',
    });
    const at = `/protocols/tables/${begun.tableId}`;
    const content = { ...begun.content, deviceSinceYear: 2021, rows: Object.values(positions).map(rowOf) };
    const { edition } = await asLeader.put<ParameterTableView>(at, { edition: begun.edition, content, note: '示范' });
    await asLeader.post(`${at}/signatures`, { edition, role: 'leader' });
    const asOwner = await signInTo(baseUrl, owner.staffNumber, password);
    await asOwner.post(`${at}/signatures`, { edition, role: 'owner' });
  }
};

type Row = ParameterTableView['content']['rows'][number];
const range = (value: number, share: number): Row['cells'][string] => ({
  kind: 'number',
  value,
  low: value * (1 - share),
  high: value * (1 + share),
});

/** What the virtual modality sets for a medium adult, with the room a department leaves. */
const rowOf = ({ code, kv, mas, sidMm, hasGrid, targetExposureIndex }: PositionSpec, at: number): Row => ({
  rowId: `d${at + 1}`,
  subject: code,
  phase: null,
  ageClass: 'adult',
  sizeClass: 'any',
  films: 0,
  note: '',
  cells: {
    tubeVoltageKv: range(kv, 0.05),
    exposureMas: range(mas, 0.5),
    sourceDetectorCm: range(sidMm / 10, 0.05),
    grid: { kind: 'text', text: hasGrid ? '12:1' : 'NONE' },
    targetExposureIndex: range(targetExposureIndex, 0.1),
  },
});
