import type { WriteCharacterSet } from '@jiapian/dicom';

/** One machine of the demo department, as it names itself in headers. */
export interface DemoDevice {
  readonly id: string;
  readonly aeTitle: string;
  readonly stationName: string;
  readonly chineseName: string;
  readonly room: string;
  readonly modality: 'DX' | 'CT' | 'MR';
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly softwareVersion: string;
  readonly characterSet: WriteCharacterSet;
  readonly isEmergency: boolean;
  readonly isMobile: boolean;
  /** The device stores bright air (MONOCHROME1). */
  readonly isInverted: boolean;
  /** Blackens the picture outside the collimated field. */
  readonly isShuttered: boolean;
}

export const demoInstitution = '示范市中心医院';
export const demoDepartment = '医学影像科';
const manufacturer = 'Jiapian Virtual';

const device = (
  own: Pick<DemoDevice, 'id' | 'chineseName' | 'room' | 'modality' | 'model'> & Partial<DemoDevice>,
): DemoDevice => ({
  aeTitle: own.id.replace('-', ''),
  stationName: own.id,
  manufacturer,
  serialNumber: `JV-${own.id}-0001`,
  softwareVersion: '3.2.1',
  characterSet: 'GB18030',
  isEmergency: false,
  isMobile: false,
  isInverted: false,
  isShuttered: true,
  ...own,
});

export const demoDevices: readonly DemoDevice[] = [
  device({ id: 'DR-1', chineseName: '一号数字化X线机', room: '放射一室', modality: 'DX', model: 'VX-500 DR' }),
  device({
    id: 'DR-2',
    chineseName: '二号数字化X线机',
    room: '放射二室',
    modality: 'DX',
    model: 'VX-350 DR',
    characterSet: 'ISO_IR 192',
    isInverted: true,
  }),
  device({
    id: 'DR-3',
    chineseName: '急诊数字化X线机',
    room: '急诊放射室',
    modality: 'DX',
    model: 'VX-500 DR',
    isEmergency: true,
  }),
  device({
    id: 'DR-M1',
    aeTitle: 'DRM1',
    chineseName: '移动数字化X线机',
    room: '床旁',
    modality: 'DX',
    model: 'VX-Go',
    isMobile: true,
    isShuttered: false,
    characterSet: 'ISO_IR 192',
  }),
  device({ id: 'CT-1', chineseName: '一号CT', room: 'CT一室', modality: 'CT', model: 'VCT-64' }),
  device({
    id: 'CT-2',
    chineseName: '二号CT',
    room: 'CT二室',
    modality: 'CT',
    model: 'VCT-256',
    characterSet: 'ISO_IR 192',
    isEmergency: true,
  }),
  device({
    id: 'MR-1',
    chineseName: '磁共振',
    room: '磁共振室',
    modality: 'MR',
    model: 'VMR-1.5T',
    characterSet: 'ISO_IR 192',
  }),
];
