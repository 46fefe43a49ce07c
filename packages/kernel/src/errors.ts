/** What a failure means to the caller; each door maps the kind to its own answer. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'unprocessable'
  | 'limit'
  | 'upstream'
  | 'unavailable'
  | 'defect';

/**
 * Every error the system can answer with: code → kind. Codes are `ROOM_REASON`; the words live in the
 * locale files of the web client under `errors.<CODE>` and in `docs/integrate/errors.md`.
 */
export const errorCatalogue = {
  REQUEST_INVALID: 'invalid',
  REQUEST_TOO_LARGE: 'limit',
  REQUEST_TOO_MANY: 'limit',
  ROUTE_NOT_FOUND: 'not-found',
  SERVER_DEFECT: 'defect',
  CONFIG_INVALID: 'invalid',
  COMMAND_USE_WRONG: 'invalid',
  BACKUP_UNREADABLE: 'invalid',
  BACKUP_TARGET_NOT_EMPTY: 'conflict',
  SERVER_NOT_RUNNING: 'unavailable',
  DATA_FOLDER_HELD: 'conflict',
  DATABASE_UNAVAILABLE: 'unavailable',
  DATABASE_SCHEMA_UNKNOWN: 'conflict',
  STORAGE_FULL: 'unavailable',
  STORAGE_FAILED: 'unavailable',
  ACCESS_SIGN_IN_REQUIRED: 'unauthenticated',
  ACCESS_CREDENTIALS_WRONG: 'unauthenticated',
  ACCESS_LOCKED_OUT: 'limit',
  ACCESS_PASSWORD_WEAK: 'invalid',
  ACCESS_PERMISSION_MISSING: 'forbidden',
  ACCESS_CROSS_ORIGIN: 'forbidden',
  ACCESS_USERNAME_TAKEN: 'conflict',
  ACCESS_LAST_ADMINISTRATOR: 'conflict',
  ACCESS_ACCOUNT_NOT_FOUND: 'not-found',
  ACCESS_TOKEN_NOT_FOUND: 'not-found',
  ORGANIZATION_NOT_FOUND: 'not-found',
  ORGANIZATION_AE_TITLE_TAKEN: 'conflict',
  ORGANIZATION_STAFF_NUMBER_TAKEN: 'conflict',
  ORGANIZATION_STALE_VERSION: 'conflict',
  INTAKE_NOT_DICOM: 'invalid',
  INTAKE_UNREADABLE: 'invalid',
  INTAKE_ARCHIVE_UNSAFE: 'invalid',
  INTAKE_TOO_LARGE: 'limit',
  INTAKE_CALLER_UNKNOWN: 'forbidden',
  INTAKE_QUARANTINE_NOT_FOUND: 'not-found',
  INTAKE_UPLOAD_NOT_FOUND: 'not-found',
  INTAKE_ARCHIVE_REFUSED: 'upstream',
  DICOM_UNREADABLE: 'unprocessable',
  DICOM_NO_PIXELS: 'unprocessable',
  DICOM_CODEC_FAILED: 'unprocessable',
  DICOM_FRAME_NOT_FOUND: 'not-found',
  DICOM_TEXT_UNENCODABLE: 'invalid',
  DICOM_VALUE_UNWRITABLE: 'defect',
  DICOM_COPY_IMPOSSIBLE: 'unprocessable',
  DIMSE_LISTEN_FAILED: 'unavailable',
  DIMSE_UNREACHABLE: 'upstream',
  DIMSE_ABORTED: 'upstream',
  DIMSE_PROTOCOL: 'invalid',
  DIMSE_REJECTED: 'upstream',
  DIMSE_TIMED_OUT: 'upstream',
  DIMSE_REFUSED: 'upstream',
  ARCHIVE_OBJECT_NOT_FOUND: 'not-found',
  EXAMS_EXAM_NOT_FOUND: 'not-found',
  EXAMS_BLIND_READING: 'forbidden',
  EXAMS_ORDER_NOT_FOUND: 'not-found',
  EXAMS_MESSAGE_NOT_FOUND: 'not-found',
  HL7_LISTEN_FAILED: 'unavailable',
  HL7_UNREADABLE: 'invalid',
  HL7_UNSUPPORTED: 'unprocessable',
  HL7_FIELD_MISSING: 'invalid',
  ANALYSIS_FINDING_NOT_FOUND: 'not-found',
  ANALYSIS_RULE_NOT_FOUND: 'not-found',
  ANALYSIS_ANALYSER_NOT_FOUND: 'not-found',
  ANALYSIS_ANALYSER_FAILED: 'upstream',
  ANALYSIS_CODE_TAKEN: 'conflict',
  ANALYSIS_STALE_VERSION: 'conflict',
  ANALYSIS_SUBJECT_NOT_FOUND: 'not-found',
  REVIEW_FILM_NOT_FOUND: 'not-found',
  REVIEW_FILM_LOCKED: 'conflict',
  REVIEW_OWN_FILM: 'forbidden',
  STANDARDS_VERSION_NOT_FOUND: 'not-found',
  STANDARDS_DRAFT_NOT_FOUND: 'not-found',
  STANDARDS_STALE_VERSION: 'conflict',
  STANDARDS_DRAFT_PUBLISHED: 'conflict',
  STANDARDS_FAULTY: 'unprocessable',
  STANDARDS_EFFECTIVE_IN_PAST: 'invalid',
  STANDARDS_POSITION_FAULTY: 'unprocessable',
  STANDARDS_SET_FAULTY: 'unprocessable',
  STANDARDS_SET_NOT_FOUND: 'not-found',
  STANDARDS_FILE_UNREADABLE: 'unprocessable',
  STANDARDS_INCIDENT_NOT_FOUND: 'not-found',
  PROTOCOLS_TABLE_NOT_FOUND: 'not-found',
  PROTOCOLS_DEVICE_NOT_FOUND: 'not-found',
  PROTOCOLS_LINK_NOT_FOUND: 'not-found',
  PROTOCOLS_STALE_EDITION: 'conflict',
  PROTOCOLS_NOT_A_DRAFT: 'conflict',
  PROTOCOLS_DRAFT_OPEN: 'conflict',
  PROTOCOLS_NOTHING_IN_FORCE: 'conflict',
  PROTOCOLS_TOO_FEW_FILMS: 'unprocessable',
  PROTOCOLS_NO_TABLE_FOR_MODALITY: 'unprocessable',
  PROTOCOLS_FAULTY: 'unprocessable',
  PROTOCOLS_NOT_THE_OWNER: 'forbidden',
  PROTOCOLS_NOT_A_LEADER: 'forbidden',
  PROTOCOLS_SAME_PERSON: 'conflict',
  PROTOCOLS_SIGNED_ALREADY: 'conflict',
  PROTOCOLS_SETTINGS_FAULTY: 'unprocessable',
  STANDARDS_INCIDENT_UNANSWERED: 'unprocessable',
  BULLETINS_PDF_FAILED: 'defect',
  REVIEW_STALE_VERSION: 'conflict',
  REVIEW_DEFECT_REQUIRED: 'invalid',
  REVIEW_REASON_REQUIRED: 'invalid',
  REVIEW_CONFIRMATION_REQUIRED: 'invalid',
  REVIEW_NOTHING_TO_UNDO: 'conflict',
  REVIEW_GRADE_NOT_BY_RULE: 'invalid',
  REVIEW_MARK_UNKNOWN: 'invalid',
  REVIEW_VETO_FINAL: 'invalid',
  REVIEW_EVERY_FILM: 'conflict',
  REVIEW_NOTHING_TO_DRAW: 'conflict',
  REVIEW_DRAW_NOT_FOUND: 'not-found',
  REVIEW_TASK_NOT_FOUND: 'not-found',
  REVIEW_TASK_CLOSED: 'conflict',
  REVIEW_READ_BEFORE: 'forbidden',
  REVIEW_UNDER_REVIEW: 'conflict',
  REVIEW_NOT_OWN_FILM: 'forbidden',
  REVIEW_APPEAL_CLOSED: 'conflict',
  REVIEW_BULK_FORBIDDEN: 'forbidden',
  REVIEW_SUPERVISION_INVALID: 'invalid',
  REVIEW_MEETING_NOT_FOUND: 'not-found',
  REVIEW_MEETING_CLOSED: 'conflict',
  REVIEW_MEETING_LIST_INVALID: 'invalid',
  REVIEW_MEETING_MAJORITY: 'conflict',
  REVIEW_MEETING_NAME_TAKEN: 'conflict',
  REVIEW_MEETING_NOT_VOTING: 'conflict',
  CONSULTATION_NOT_FOUND: 'not-found',
  CONSULTATION_ILLEGAL: 'conflict',
  CONSULTATION_FILMS_INVALID: 'invalid',
  CONSULTATION_RUNNING: 'conflict',
  CONSULTATION_BENCH_INVALID: 'invalid',
  CONSULTATION_OWN: 'forbidden',
  CONSULTATION_JUDGED: 'conflict',
  CONSULTATION_REASON_REQUIRED: 'invalid',
  SELF_CHECK_OFF: 'conflict',
  SELF_CHECK_NOT_OWN: 'forbidden',
  SELF_CHECK_TOO_LATE: 'conflict',
  SELF_CHECK_NOT_DRAWN: 'forbidden',
  SELF_CHECK_REASON_REQUIRED: 'invalid',
  SELF_CHECK_STALE_VERSION: 'conflict',
  REVIEW_MEETING_ILLEGAL: 'conflict',
  RELEASE_ILLEGAL: 'conflict',
  RELEASE_DESTINATION_NOT_FOUND: 'not-found',
  RELEASE_PRINT_REFUSED: 'conflict',
  RELEASE_PRINT_LAYOUT: 'invalid',
  RELEASE_STREAM_NOT_READY: 'conflict',
  RELEASE_REPEAT_NOT_FOUND: 'not-found',
  RELEASE_REPEAT_OTHER_PATIENT: 'invalid',
  RELEASE_REJECTION_NOT_FOUND: 'not-found',
  SIMULATOR_UNKNOWN_DEFECT: 'invalid',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCatalogue;

/** A broken expectation: one code of the catalogue, facts without patient data, and what caused it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, facts: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.facts = facts;
  }

  get kind(): ErrorKind {
    return errorCatalogue[this.code];
  }
}
