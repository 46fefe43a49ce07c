import type { LocalText } from '../local-text.ts';

/** How the reject dialog groups its reasons. */
export type RejectReasonGroup =
  'positioning' | 'exposure' | 'motion' | 'artefact' | 'equipment' | 'processing' | 'other';

/** Why a film was rejected: a code of coding scheme DCM. */
export interface RejectReason {
  readonly code: string;
  /** Code meaning exactly as the standard writes it; it goes into the rejection note. */
  readonly meaning: string;
  readonly name: LocalText;
  readonly group: RejectReasonGroup;
}

/** Headings of the groups, in the order of the reject dialog. */
export const rejectReasonGroups: Readonly<Record<RejectReasonGroup, LocalText>> = {
  positioning: { zh: '体位', en: 'Positioning' },
  exposure: { zh: '曝光', en: 'Exposure' },
  motion: { zh: '运动', en: 'Motion' },
  artefact: { zh: '伪影', en: 'Artefact' },
  equipment: { zh: '设备', en: 'Equipment' },
  processing: { zh: '后处理', en: 'Processing' },
  other: { zh: '其他', en: 'Other' },
};

const reason = (code: string, group: RejectReasonGroup, meaning: string, zh: string, en: string): RejectReason => ({
  code,
  meaning,
  name: { zh, en },
  group,
});

/**
 * The reasons a film can be rejected for, in the order of the reject dialog. Source: DICOM PS3.16 CID 7011,
 * "Rejected for Quality Reasons" (key S54); the Chinese words are ours.
 */
export const rejectReasons: readonly RejectReason[] = [
  reason('111209', 'positioning', 'Positioning', '体位不当', 'Positioning'),
  reason('111211', 'exposure', 'Under exposed', '曝光不足', 'Under-exposed'),
  reason('111212', 'exposure', 'Over exposed', '曝光过度', 'Over-exposed'),
  reason('113026', 'exposure', 'Double exposure', '双重曝光', 'Double exposure'),
  reason('111210', 'motion', 'Motion blur', '运动模糊', 'Motion blur'),
  reason('111207', 'artefact', 'Image artifact(s)', '伪影', 'Image artefact'),
  reason('111208', 'artefact', 'Grid artifact(s)', '滤线栅伪影', 'Grid artefact'),
  reason('111214', 'artefact', 'Detector artifact(s)', '探测器伪影', 'Detector artefact'),
  reason('111215', 'artefact', 'Artifact(s) other than grid or detector artifact', '其他伪影', 'Other artefact'),
  reason('111213', 'equipment', 'No image', '无图像', 'No image'),
  reason('111216', 'equipment', 'Mechanical failure', '机械故障', 'Mechanical failure'),
  reason('111217', 'equipment', 'Electrical failure', '电气故障', 'Electrical failure'),
  reason('111218', 'equipment', 'Software failure', '软件故障', 'Software failure'),
  reason('111219', 'processing', 'Inappropriate image processing', '后处理不当', 'Inappropriate processing'),
  reason('111220', 'other', 'Other failure', '其他故障', 'Other failure'),
  reason('111221', 'other', 'Unknown failure', '原因不明', 'Unknown failure'),
];
