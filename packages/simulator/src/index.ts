export { demoDepartment, demoDevices, demoInstitution, type DemoDevice } from './devices.ts';
export { demoStaff, personNameOf, type DemoStaff } from './staff.ts';
export {
  ctDefects,
  mrDefects,
  radiographDefects,
  type Defect,
  type DefectKind,
  type Marker,
  type PixelBox,
  type TruthRow,
} from './truth.ts';
export { positions, type PositionCode, type PositionSpec } from './anatomy/positions.ts';
export { fullSize, procedures, smallSize, type ExamOrder, type Procedure, type RenderSize } from './exam/order.ts';
export { simulateExam, type ExamOptions, type SimulatedExam, type SimulatedInstance } from './exam/simulate-exam.ts';
export { timeText, type Moment } from './exam/time.ts';
export { simulateMorning, type MorningOptions } from './exam/simulate-morning.ts';
